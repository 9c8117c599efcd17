package io.serai.admin.internal.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/**
 * Gives what somebody fetches. Where contents of old versions were dropped, the history that is sent ends before them, and
 * the client is told that this repository is shallow: a clone of it is, too, and otherwise an ordinary one. That is done by
 * asking, in the place of the client, for as many commits as are whole; with version 2 of the protocol only, in which the
 * answer says so unasked.
 */
final class StateUpload extends UploadPack {
    // Some thousand lines, each with the id of a commit that the client has.
    private static final int MAX_REQUEST = 4 * 1024 * 1024;
    private static final String FETCH = "command=fetch";
    private static final String FLUSH = "0000";

    private final Repository repository;

    /** Makes one for a client that offers versions of the protocol, if it does, in the header of that name. */
    StateUpload(Repository repository, @Nullable String protocol) {
        super(repository);
        this.repository = repository;
        if (protocol != null) {
            setExtraParameters(List.of(protocol.split(":", -1)));
        }
    }

    @Override
    public void uploadWithExceptionPropagation(InputStream in, OutputStream out, @Nullable OutputStream messages)
            throws IOException {
        byte[] request = in.readNBytes(MAX_REQUEST);
        if (request.length == MAX_REQUEST) {
            throw new IOException("A request to fetch has more than " + MAX_REQUEST + " bytes");
        }
        super.uploadWithExceptionPropagation(new ByteArrayInputStream(withDepth(request)), out, messages);
    }

    /** Returns a request that asks for no more than is whole; others as they are. */
    private byte[] withDepth(byte[] request) throws IOException {
        String text = new String(request, StandardCharsets.ISO_8859_1);
        List<String> lines = lines(text);
        boolean all = lines.stream().noneMatch(line -> line.startsWith("deepen"));
        if (lines.isEmpty() || !lines.get(0).equals(FETCH) || !all || !text.endsWith(FLUSH)) {
            return request;
        }
        Optional<Integer> depth = WholeDepth.of(repository, ids(lines, "want "), ids(lines, "have "));
        if (depth.isEmpty()) {
            return request;
        }
        String deepen = "deepen " + depth.get() + "\n";
        String asked =
                text.substring(0, text.length() - FLUSH.length()) + "%04x".formatted(deepen.length() + 4) + deepen;
        return (asked + FLUSH).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<ObjectId> ids(List<String> lines, String what) {
        return lines.stream()
                .filter(line -> line.startsWith(what))
                .map(line -> line.substring(what.length()))
                .filter(ObjectId::isId)
                .map(ObjectId::fromString)
                .toList();
    }

    /** Returns the lines of a request, each of which begins with its length; none of one that is malformed. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int at = 0;
        while (at + 4 <= text.length()) {
            int length;
            try {
                length = Integer.parseInt(text.substring(at, at + 4), 16);
            } catch (NumberFormatException e) {
                return List.of(); // JGit will say what is wrong with it
            }
            int end = at + Math.max(4, length);
            if (end > text.length()) {
                return List.of();
            }
            lines.add(text.substring(at + 4, end).strip());
            at = end;
        }
        return lines;
    }
}
