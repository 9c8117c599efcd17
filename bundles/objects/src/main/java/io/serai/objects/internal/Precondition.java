package io.serai.objects.internal;

import io.serai.api.object.ObjectChange;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Problem;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.object.ObjectResult.Difference;
import io.serai.api.state.BlobId;
import io.serai.api.state.Snapshot;
import io.serai.objects.internal.index.ObjectIndex.StoredObject;
import io.serai.objects.internal.index.ObjectIndexes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether an object is what somebody saw who wants to change it.
 *
 * @param indexes the objects there are
 * @param before the state that is to be changed
 */
record Precondition(ObjectIndexes indexes, Snapshot before) {

    /**
     * Demands that an object is as expected.
     *
     * @param expected its etag; {@link ObjectChange#ABSENT} if it must not be there; null if anything will do
     * @throws ObjectException {@code STALE} with the fields that somebody else has changed
     */
    void require(@Nullable String expected, ObjectKind kind, ObjectKey key, Optional<StoredObject> stored)
            throws ObjectException {
        String actual = stored.map(object -> object.blob().value()).orElse(ObjectChange.ABSENT);
        if (expected == null || expected.equals(actual)) {
            return;
        }
        if (expected.equals(ObjectChange.ABSENT)) {
            throw stale(key + " is there already; choose another name, or change that one", List.of());
        }
        if (stored.isEmpty()) {
            throw stale(key + " has been removed since it was read; get it again", List.of());
        }
        List<Problem> problems = changes(kind, stored.get(), expected).stream()
                .map(difference -> new Problem(key.toString(), difference.pointer(), words(difference)))
                .toList();
        throw stale(
                key + " has been changed since it was read; get it again, and put your change to what it is now",
                problems);
    }

    private static ObjectException stale(String message, List<Problem> problems) {
        return new ObjectException(Reason.STALE, message, problems, null);
    }

    private static String words(Difference difference) {
        return "was " + difference.before().map(String::valueOf).orElse("absent") + ", and is now "
                + difference.after().map(String::valueOf).orElse("absent");
    }

    private List<Difference> changes(ObjectKind kind, StoredObject now, String expected) {
        try {
            StoredObject seen = new StoredObject(now.key(), now.path(), new BlobId(expected));
            Map<String, Object> then = kind.show(now.key(), indexes.spec(kind, seen, before));
            return Differences.between(then, kind.show(now.key(), indexes.spec(kind, now, before)));
        } catch (ObjectException | IllegalArgumentException e) {
            return List.of(); // an etag that was never of this object, or whose content is gone
        }
    }
}
