package io.serai.cluster.internal.coordination.maps;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What nodes tell one another about maps. */
public interface MapMessage {

    /**
     * One key as it travels.
     *
     * @param value in Base64; null if the key was removed
     * @param millis how long it stays, or how long its removal is still remembered; 0 for a value that stays
     */
    record MapEntry(String key, @Nullable String value, Version version, long millis) implements MapMessage {
        /** Returns about how many bytes it takes. */
        int size() {
            return key.length() + (value == null ? 0 : value.length()) + 150; // names of members, version
        }
    }

    /** Tells what is new in a map; the answer is {@link MapDone}. */
    record MapUpdate(String map, List<MapEntry> entries) implements MapMessage {}

    /** Says that it was done. */
    record MapDone() implements MapMessage {}

    /** Tells the fingerprints of the buckets of all maps; the answer is the same of the other node. */
    record MapSummary(Map<String, List<Long>> maps) implements MapMessage {}

    /**
     * Asks for some buckets of a map, by key.
     *
     * @param buckets the numbers of the buckets
     * @param after the last key of the page before; null for the first page
     */
    record MapPull(String map, List<Integer> buckets, @Nullable String after) implements MapMessage {}

    /**
     * Some of what was asked for.
     *
     * @param more whether there is more after it
     */
    record MapPage(List<MapEntry> entries, boolean more) implements MapMessage {}
}
