package io.serai.identity.internal;

import io.serai.api.state.BlobId;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.identity.internal.members.StateObjects;
import io.serai.identity.internal.members.TokenFile;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Finds tokens that let nobody in any more; who changes tokens removes them along with it. */
final class ExpiredTokens {
    private ExpiredTokens() {}

    static Set<StatePath> of(Snapshot head, Instant now) throws StateException {
        Set<StatePath> expired = new HashSet<>();
        for (Map.Entry<String, BlobId> entry :
                StateObjects.of(head, TokenFile.KIND).entrySet()) {
            if (isExpired(entry.getKey(), StateObjects.text(head, entry.getValue()), now)) {
                expired.add(TokenFile.path(entry.getKey()));
            }
        }
        return expired;
    }

    private static boolean isExpired(String id, String text, Instant now) {
        try {
            return !TokenFile.read(id, text).expires().isAfter(now);
        } catch (IllegalArgumentException e) {
            return false; // somebody is to look at it
        }
    }
}
