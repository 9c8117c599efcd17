package io.serai.api.object;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** An observed kind with more objects than anybody wants at once, such as the entries of a log: filters and pages by itself. */
@ConsumerType
public interface QueriedKind extends ObservedKind {

    /**
     * Returns a page of what meets the conditions of a query, in the order of the kind; at most as many as the query allows. May
     * ask other nodes, which takes at most some seconds.
     *
     * @throws ObjectException {@code INVALID} if it does not know a condition, naming those it knows, or the cursor
     */
    Found query(ObjectQuery query) throws ObjectException;

    /**
     * A page.
     *
     * @param objects in order
     * @param next the cursor of the page after it; empty if there is none
     * @param unreachable the names of nodes that could not be asked, sorted
     */
    record Found(List<Observed> objects, Optional<String> next, List<String> unreachable) {
        /** Copies the lists. */
        public Found {
            objects = List.copyOf(objects);
            Objects.requireNonNull(next, "next");
            unreachable = List.copyOf(unreachable);
        }
    }
}
