package io.serai.state.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdSet;
import org.eclipse.jgit.lib.ObjectReader;

/** What was dropped and is not here, for those who write packs to leave it out. */
final class GoneContents implements ObjectIdSet {
    private final GitStore store;
    private final ObjectReader reader;
    private final Map<ObjectId, Instant> met;

    /**
     * Makes the set.
     *
     * @param met where to add what somebody has asked for and is gone, and since when
     */
    GoneContents(GitStore store, ObjectReader reader, Map<ObjectId, Instant> met) {
        this.store = store;
        this.reader = reader;
        this.met = met;
    }

    @Override
    public boolean contains(AnyObjectId object) {
        Optional<Instant> since = store.dropped().since(object);
        if (since.isEmpty()) {
            return false;
        }
        try {
            if (reader.has(object)) {
                return false;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look for object " + object.name() + " in " + store.directory(), e);
        }
        met.put(object.copy(), since.get());
        return true;
    }
}
