package io.serai.api.state;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a compaction dropped and kept. A content is counted once, however many commits have it.
 *
 * @param dropped how many versions of which file
 * @param bytes how many bytes those had
 * @param kept how many contents were kept, by the first reason that applies to each
 * @param gone how many contents are not here, of those that were dropped before
 */
public record Compaction(SortedMap<StatePath, Integer> dropped, long bytes, SortedMap<Reason, Integer> kept, int gone) {

    /** Why a content is kept, the most important reason first. */
    public enum Reason {
        /** The head has it. */
        HEAD,
        /** A conflict is open of which it is a side, or a later merge may choose it. */
        CONFLICT,
        /** A transfer or a proposal that is under way needs it. */
        TRANSFER,
        /** The state had it within the retention. */
        RECENT,
        /** It is among the newest versions of a file that the head has. */
        NEWEST
    }

    /** Copies the maps. */
    public Compaction {
        dropped = Collections.unmodifiableSortedMap(new TreeMap<>(dropped));
        kept = Collections.unmodifiableSortedMap(new TreeMap<>(kept));
    }

    /** Returns the number of versions that were dropped. */
    public int versions() {
        return dropped.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Returns the number of contents that were kept. */
    public int contents() {
        return kept.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Returns how many contents were kept for a reason. */
    public int kept(Reason reason) {
        return kept.getOrDefault(reason, 0);
    }
}
