package io.serai.deployer.internal.build;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;

/**
 * An entry of a zip, as its directory and its own header agree that it is.
 *
 * @param name its path, relative and without {@code ..}
 * @param method how it is stored: {@link ZipEntry#STORED} or {@link ZipEntry#DEFLATED}
 * @param crc of its bytes
 * @param compressed the number of bytes it takes in the file
 * @param size the number of bytes it claims to have
 * @param header where its own header starts
 * @param data where its bytes start
 * @param nextHeader where the next header of the directory starts
 */
record ArchiveEntry(String name, int method, int crc, int compressed, int size, int header, int data, int nextHeader) {
    static final int LOCAL_SIGNATURE = 0x04034b50;

    /** Stands for a number that is in a ZIP64 field. */
    static final long ZIP64 = 0xFFFFFFFFL;

    private static final int LOCAL_LENGTH = 30;
    private static final int DIRECTORY_SIGNATURE = 0x02014b50;
    private static final int DIRECTORY_LENGTH = 46;
    private static final int ENCRYPTED = 1;
    private static final int SIZES_FOLLOW_DATA = 8;

    /**
     * Where things are in the file.
     *
     * @param shift what to add to an offset to have a position
     * @param directory where the directory starts
     * @param end where the directory ends
     */
    record Layout(int shift, int directory, int end) {}

    /** Reads the header in the directory and the one before the data. */
    static ArchiveEntry read(ByteBuffer bytes, int position, Layout layout) throws ArchiveException {
        if (position + DIRECTORY_LENGTH > layout.end() || bytes.getInt(position) != DIRECTORY_SIGNATURE) {
            throw new ArchiveException("its directory is damaged at byte " + position);
        }
        int nameLength = Short.toUnsignedInt(bytes.getShort(position + 28));
        int next = position
                + DIRECTORY_LENGTH
                + nameLength
                + Short.toUnsignedInt(bytes.getShort(position + 30))
                + Short.toUnsignedInt(bytes.getShort(position + 32));
        if (next > layout.end()) {
            throw new ArchiveException("its directory is damaged at byte " + position);
        }
        String name = name(bytes, position + DIRECTORY_LENGTH, nameLength);
        long compressed = Integer.toUnsignedLong(bytes.getInt(position + 20));
        long size = Integer.toUnsignedLong(bytes.getInt(position + 24));
        long header = layout.shift() + Integer.toUnsignedLong(bytes.getInt(position + 42));
        int flags = bytes.getShort(position + 8);
        int method = Short.toUnsignedInt(bytes.getShort(position + 10));
        checkSupported(name, flags, method);
        if (header + LOCAL_LENGTH > layout.directory()
                || compressed > layout.directory()
                || size >= Integer.MAX_VALUE) {
            throw new ArchiveException("entry " + name + " lies outside the file; the file is damaged");
        }
        ArchiveEntry entry = new ArchiveEntry(
                name,
                method,
                bytes.getInt(position + 16),
                (int) compressed,
                (int) size,
                (int) header,
                (int) header + LOCAL_LENGTH,
                next);
        return entry.checkedBy(bytes, position, nameLength, layout);
    }

    private ArchiveEntry checkedBy(ByteBuffer bytes, int position, int nameLength, Layout layout)
            throws ArchiveException {
        if (bytes.getInt(header) != LOCAL_SIGNATURE) {
            throw new ArchiveException("entry " + name + " is not where the directory says; the file is damaged");
        }
        boolean same = Short.toUnsignedInt(bytes.getShort(header + 26)) == nameLength
                && header + LOCAL_LENGTH + nameLength <= layout.directory()
                && bytes.slice(header + LOCAL_LENGTH, nameLength)
                        .equals(bytes.slice(position + DIRECTORY_LENGTH, nameLength))
                && Short.toUnsignedInt(bytes.getShort(header + 8)) == method
                && ((bytes.getShort(header + 6) & SIZES_FOLLOW_DATA) != 0
                        || (bytes.getInt(header + 14) == crc
                                && bytes.getInt(header + 18) == compressed
                                && bytes.getInt(header + 22) == size));
        if (!same) {
            throw new ArchiveException("entry " + name + " is another than the directory says; the file is damaged");
        }
        int start = header + LOCAL_LENGTH + nameLength + Short.toUnsignedInt(bytes.getShort(header + 28));
        if ((long) start + compressed > layout.directory()) {
            throw new ArchiveException("entry " + name + " lies outside the file; the file is damaged");
        }
        return new ArchiveEntry(name, method, crc, compressed, size, header, start, nextHeader);
    }

    private static void checkSupported(String name, int flags, int method) throws ArchiveException {
        if ((flags & ENCRYPTED) != 0) {
            throw new ArchiveException("entry " + name + " is encrypted, which Java cannot read");
        }
        if (method != ZipEntry.STORED && method != ZipEntry.DEFLATED) {
            throw new ArchiveException("entry " + name + " is compressed by method " + method
                    + ", which Java cannot read; pack it with the jar tool");
        }
    }

    private static String name(ByteBuffer bytes, int position, int length) throws ArchiveException {
        byte[] raw = new byte[length];
        bytes.get(position, raw);
        String name = new String(raw, StandardCharsets.UTF_8);
        String fault = fault(name);
        if (!fault.isEmpty()) {
            throw new ArchiveException("entry '" + printable(name) + "' " + fault + "; pack it with the jar tool");
        }
        return name;
    }

    /** Returns what is wrong with a name; empty if nothing. Names that lead out of a folder are an attack. */
    private static String fault(String name) {
        boolean drive = name.length() > 1 && name.charAt(1) == ':' && Character.isLetter(name.charAt(0));
        if (name.isEmpty() || name.charAt(0) == '/' || drive) {
            return "has no relative path";
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\\' || Character.isISOControl(c) || c == '\uFFFD') {
                return "has a backslash or a character that is not allowed in its name";
            }
        }
        boolean up = name.contains("..") && ("/" + name + "/").contains("/../");
        return up ? "leads out of its folder" : "";
    }

    private static String printable(String name) {
        return name.replaceAll("[\\p{Cntrl}\uFFFD]", "?");
    }
}
