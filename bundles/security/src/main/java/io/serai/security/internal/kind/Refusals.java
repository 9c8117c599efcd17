package io.serai.security.internal.kind;

import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Problem;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKey;
import io.serai.security.internal.directory.SpecException;
import java.util.List;

/** Says what is wrong with an object as those who changed it are told. */
final class Refusals {
    private Refusals() {}

    static ObjectException of(ObjectKey key, SpecException cause) {
        return of(key, cause.pointer(), String.valueOf(cause.getMessage()));
    }

    static ObjectException of(ObjectKey key, String pointer, String message) {
        return new ObjectException(
                Reason.INVALID,
                "Cannot take " + key + ": " + message,
                List.of(new Problem(key.toString(), pointer, message)),
                null);
    }

    /** Refuses objects for single nodes: they would not count, since somebody is the same everywhere. */
    static void requireEverywhere(ObjectKey key) throws ObjectException {
        if (!key.layer().isEmpty()) {
            throw of(key, "/layer", "objects of this kind are the same on all nodes; leave the layer out");
        }
    }
}
