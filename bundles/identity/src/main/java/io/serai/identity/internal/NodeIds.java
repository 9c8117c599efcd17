package io.serai.identity.internal;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/** The id of this node, which is made once. */
final class NodeIds {
    private NodeIds() {}

    /** Returns the id, and makes it if there is none. */
    static UUID keep(IdentityFolder folder) throws IOException {
        Optional<String> text = folder.read(IdentityFolder.NODE_ID);
        if (text.isPresent()) {
            return parse(folder, text.get().strip());
        }
        UUID id = UUID.randomUUID();
        folder.write(IdentityFolder.NODE_ID, id + "\n");
        return id;
    }

    /** Returns the id. */
    static UUID read(IdentityFolder folder) throws IOException {
        return parse(folder, folder.require(IdentityFolder.NODE_ID).strip());
    }

    private static UUID parse(IdentityFolder folder, String text) throws IOException {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    folder.path().resolve(IdentityFolder.NODE_ID) + " has no UUID; restore the folder from a copy", e);
        }
    }
}
