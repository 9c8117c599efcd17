package io.serai.deployer.internal.build;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A zip whose directory has been read and found sound: every entry lies within the file, overlaps no other, and is the
 * one that its directory says (PKWARE APPNOTE 6.3). What is in the entries is checked by {@link ArchiveReader}.
 *
 * @param bytes the file
 * @param entries the entries, in the order of the directory
 */
record Archive(ByteBuffer bytes, List<ArchiveEntry> entries) {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int MAX_COMMENT = 0xFFFF;

    Archive {
        entries = List.copyOf(entries);
    }

    /** Reads the directory. */
    static Archive of(ByteBuffer bytes) throws ArchiveException {
        if (bytes.limit() == 0) {
            throw new ArchiveException("it is empty; copy it again");
        }
        int end = end(bytes);
        int count = Short.toUnsignedInt(bytes.getShort(end + 10));
        long length = Integer.toUnsignedLong(bytes.getInt(end + 12));
        long offset = Integer.toUnsignedLong(bytes.getInt(end + 16));
        if (count == 0xFFFF || length == ArchiveEntry.ZIP64 || offset == ArchiveEntry.ZIP64) {
            throw new ArchiveException("it is a ZIP64 archive; a jar has fewer than 65,535 entries and 2 GB");
        }
        // What stands before the archive, such as a launcher script, shifts all offsets.
        long shift = end - length - offset;
        if (shift < 0) {
            throw new ArchiveException("its directory does not fit into its " + bytes.limit() + " bytes");
        }
        ArchiveEntry.Layout layout = new ArchiveEntry.Layout((int) shift, (int) (shift + offset), end);
        List<ArchiveEntry> entries = entries(bytes, layout, count);
        checkOverlaps(entries, layout.directory());
        checkDuplicates(entries);
        return new Archive(bytes, entries);
    }

    private static int end(ByteBuffer bytes) throws ArchiveException {
        int lowest = Math.max(0, bytes.limit() - END_LENGTH - MAX_COMMENT);
        for (int position = bytes.limit() - END_LENGTH; position >= lowest; position--) {
            if (bytes.getInt(position) == END_SIGNATURE
                    && Short.toUnsignedInt(bytes.getShort(position + 20)) == bytes.limit() - END_LENGTH - position) {
                return position;
            }
        }
        boolean zip = bytes.limit() >= 4 && bytes.getInt(0) == ArchiveEntry.LOCAL_SIGNATURE;
        throw new ArchiveException(
                zip ? "it is cut off after " + bytes.limit() + " bytes; copy it again" : "it is no zip");
    }

    private static List<ArchiveEntry> entries(ByteBuffer bytes, ArchiveEntry.Layout layout, int count)
            throws ArchiveException {
        List<ArchiveEntry> entries = new ArrayList<>(Math.min(count, 4096));
        int position = layout.directory();
        for (int i = 0; i < count; i++) {
            ArchiveEntry entry = ArchiveEntry.read(bytes, position, layout);
            entries.add(entry);
            position = entry.nextHeader();
        }
        if (position != layout.end()) {
            throw new ArchiveException("its directory has other entries than the " + count + " it counts");
        }
        return entries;
    }

    /** Entries that share bytes make a small file inflate without bounds (Fifield, A better zip bomb, WOOT 2019). */
    private static void checkOverlaps(List<ArchiveEntry> entries, int directory) throws ArchiveException {
        List<ArchiveEntry> byPosition = new ArrayList<>(entries);
        byPosition.sort(Comparator.comparingInt(ArchiveEntry::header));
        int free = 0;
        for (ArchiveEntry entry : byPosition) {
            if (entry.header() < free) {
                throw new ArchiveException(
                        "entry " + entry.name() + " shares its bytes with another; it is a zip bomb");
            }
            free = entry.data() + entry.compressed();
        }
        if (free > directory) {
            throw new ArchiveException("an entry reaches into the directory; the file is damaged");
        }
    }

    /** Some tools write an entry twice; that is harmless as long as it does not matter which one is read. */
    private static void checkDuplicates(List<ArchiveEntry> entries) throws ArchiveException {
        Map<String, ArchiveEntry> seen = new HashMap<>(entries.size() * 2);
        for (ArchiveEntry entry : entries) {
            ArchiveEntry other = seen.put(entry.name(), entry);
            if (other != null && (other.crc() != entry.crc() || other.size() != entry.size())) {
                throw new ArchiveException("it has two different entries " + entry.name());
            }
        }
    }
}
