package io.serai.deployer.internal.build;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;

/** Tells a file that is still being written from one that is all there, by its own form. */
public final class Completeness {
    /** The end record of a zip without comment (PKWARE APPNOTE 4.3.16); the comment has at most 65,535 bytes. */
    private static final int END_RECORD = 22;

    private static final int MAX_TAIL = END_RECORD + 0xFFFF;
    private static final Pattern ARCHIVE = Pattern.compile(".*\\.(jar|kar|war|zip)");
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int MAX_TEXT = 16 << 20;

    private Completeness() {}

    /**
     * Returns whether a file ends as a file of its kind ends: an archive with its directory, a source with its last
     * brace, XML with the end of its root. True for kinds that have no end of their own.
     *
     * <p>False is a reason to wait, not to refuse: a source with a missing brace looks cut off, too. Whoever waits takes
     * the file after some seconds in which it did not change, and the builder's check then says what is wrong.
     */
    public static boolean looksWhole(StatePath path, Content content) throws IOException {
        String name = path.fileName();
        if (ARCHIVE.matcher(name).matches()) {
            return endsAsZip(content);
        }
        if (name.endsWith(".java")) {
            return SourceBraces.balanced(new String(content.bytes(), StandardCharsets.UTF_8));
        }
        return !name.endsWith(".xml") || endsAsXml(path, content);
    }

    private static boolean endsAsZip(Content content) throws IOException {
        long size = content.size();
        int length = (int) Math.min(size, MAX_TAIL);
        byte[] bytes;
        try (InputStream in = content.open()) {
            in.skipNBytes(size - length);
            bytes = in.readNBytes(length);
        }
        ByteBuffer tail = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int end = bytes.length - END_RECORD; end >= 0; end--) {
            int comment = bytes.length - end - END_RECORD;
            if (tail.getInt(end) == END_SIGNATURE && Short.toUnsignedInt(tail.getShort(end + 20)) == comment) {
                long directory = Integer.toUnsignedLong(tail.getInt(end + 12));
                long offset = Integer.toUnsignedLong(tail.getInt(end + 16));
                return directory + offset <= size - comment - END_RECORD;
            }
        }
        return false;
    }

    private static boolean endsAsXml(StatePath path, Content content) throws IOException {
        if (content.size() > MAX_TEXT) {
            return true; // No kind of XML is that large; it is refused for its size.
        }
        QName root;
        try {
            root = SafeXml.root(path, content);
        } catch (DeploymentException e) {
            return false;
        }
        String name = root.getPrefix().isEmpty() ? root.getLocalPart() : root.getPrefix() + ':' + root.getLocalPart();
        String text = withoutTrailer(new String(content.bytes(), StandardCharsets.UTF_8));
        int last = text.lastIndexOf('<');
        if (last < 0 || !text.endsWith(">")) {
            return false;
        }
        String tag = text.substring(last + 1, text.length() - 1).strip();
        return tag.equals("/" + name) || (tag.endsWith("/") && last == text.indexOf("<" + name));
    }

    /** Returns the text without what may follow the root: white space, comments, instructions. */
    private static String withoutTrailer(String text) {
        String rest = text.strip();
        while (rest.endsWith("-->") || rest.endsWith("?>")) {
            int start = rest.lastIndexOf(rest.endsWith("-->") ? "<!--" : "<?");
            if (start < 0) {
                return rest;
            }
            rest = rest.substring(0, start).strip();
        }
        return rest;
    }
}
