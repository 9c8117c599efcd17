package io.serai.api.object;

import io.serai.api.state.Pace;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What somebody wants to be different: all of it or nothing.
 *
 * @param puts objects that are to be as given, whether they are there or not; each object once
 * @param deletions objects that are to be removed
 * @param expected what the asker saw last of an object: its {@link ObjectView#etag}, or {@link #ABSENT} if it must not be there
 * @param message why; empty to have one made
 * @param options how it is to be done
 */
public record ObjectChange(
        List<ObjectDocument> puts,
        Set<ObjectKey> deletions,
        Map<ObjectKey, String> expected,
        String message,
        Options options) {
    /** Expected of an object that must not be there. */
    public static final String ABSENT = "";

    /** Copies the collections. */
    public ObjectChange {
        puts = List.copyOf(puts);
        deletions = Set.copyOf(deletions);
        expected = Map.copyOf(expected);
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(options, "options");
    }

    /** Returns a change that puts objects, whatever is there now. */
    public static ObjectChange put(List<ObjectDocument> puts) {
        return new ObjectChange(puts, Set.of(), Map.of(), "", Options.DEFAULT);
    }

    /** Returns a change that removes objects, whatever they are now. */
    public static ObjectChange delete(Set<ObjectKey> deletions) {
        return new ObjectChange(List.of(), deletions, Map.of(), "", Options.DEFAULT);
    }

    /** Returns the same with other options. */
    public ObjectChange with(Options other) {
        return new ObjectChange(puts, deletions, expected, message, other);
    }

    /**
     * How a change is to be done.
     *
     * @param dryRun whether to say only what would be done
     * @param cascade whether what refers to a removed object is removed as well
     * @param pruned the kinds of which every object that is not put is removed
     * @param pace how nodes are to apply it
     */
    public record Options(boolean dryRun, boolean cascade, Set<String> pruned, Pace pace) {
        /** Does it, removes nothing that is not named, on all nodes at once. */
        public static final Options DEFAULT = new Options(false, false, Set.of(), Pace.AT_ONCE);

        /** Says only what would be done. */
        public static final Options DRY_RUN = new Options(true, false, Set.of(), Pace.AT_ONCE);

        /** Copies the set. */
        public Options {
            pruned = Set.copyOf(pruned);
            Objects.requireNonNull(pace, "pace");
        }
    }
}
