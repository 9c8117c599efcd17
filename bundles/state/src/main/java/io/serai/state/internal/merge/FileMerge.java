package io.serai.state.internal.merge;

import io.serai.api.state.BlobId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Merges the files of two histories, path by path, against the files that they began with. What only one has changed is
 * taken; of two changes the later one, and a change rather than a removal, so that no deployment is lost. It depends on
 * nothing but the two histories: nodes that merge the same ones get the same files.
 */
public final class FileMerge {
    private final Map<StatePath, BlobId> base;
    private final Map<StatePath, BlobId> first;
    private final Map<StatePath, BlobId> second;
    private final Touches touches;
    private final SortedMap<StatePath, BlobId> merged = new TreeMap<>();
    private final List<PathConflict> conflicts = new ArrayList<>();

    /** One of the two histories. */
    public enum Side {
        /** The one whose newest commit has the lesser id. */
        FIRST,
        /** The other one. */
        SECOND
    }

    /** Knows the two histories; is asked about files that are in conflict only. */
    @FunctionalInterface
    public interface Touches {
        /** Returns the commit that last changed a file on one side, which has changed it. */
        Touch last(Side side, StatePath path) throws StateException;
    }

    /**
     * What comes of a merge.
     *
     * @param files all files there are
     * @param conflicts what was put aside, by path
     */
    public record Result(SortedMap<StatePath, BlobId> files, List<PathConflict> conflicts) {}

    private FileMerge(
            Map<StatePath, BlobId> base, Map<StatePath, BlobId> first, Map<StatePath, BlobId> second, Touches touches) {
        this.base = base;
        this.first = first;
        this.second = second;
        this.touches = touches;
    }

    /** Merges. */
    public static Result merge(
            Map<StatePath, BlobId> base, Map<StatePath, BlobId> first, Map<StatePath, BlobId> second, Touches touches)
            throws StateException {
        FileMerge merge = new FileMerge(base, first, second, touches);
        merge.run();
        return new Result(Collections.unmodifiableSortedMap(merge.merged), List.copyOf(merge.conflicts));
    }

    private void run() throws StateException {
        SortedSet<StatePath> paths = new TreeSet<>(first.keySet());
        paths.addAll(second.keySet());
        for (StatePath path : paths) {
            BlobId blob = choose(path);
            if (blob != null) {
                merged.put(path, blob);
            }
        }
        separateTwins();
        conflicts.sort((one, other) -> one.path().compareTo(other.path()));
    }

    /** Returns the content that a file has from now on; null if it is gone. */
    private @Nullable BlobId choose(StatePath path) throws StateException {
        BlobId before = base.get(path);
        BlobId one = first.get(path);
        BlobId other = second.get(path);
        if (same(one, other) || same(other, before)) {
            return one;
        }
        if (same(one, before)) {
            return other;
        }
        Touch firstTouch = touches.last(Side.FIRST, path);
        Touch secondTouch = touches.last(Side.SECOND, path);
        boolean firstWins = other == null || (one != null && firstTouch.compareTo(secondTouch) > 0);
        conflicts.add(
                new PathConflict(path, firstWins ? firstTouch : secondTouch, firstWins ? secondTouch : firstTouch));
        return firstWins ? one : other;
    }

    /** Takes away files whose names cannot stand beside others, which the two sides could each add for itself. */
    private void separateTwins() throws StateException {
        Optional<TwinNames.Pair> pair = TwinNames.find(merged.keySet());
        while (pair.isPresent()) {
            StatePath one = pair.get().one();
            StatePath other = pair.get().other();
            Touch oneTouch = touch(one);
            Touch otherTouch = touch(other);
            boolean oneLoses =
                    oneTouch.compareTo(otherTouch) < 0 || (oneTouch.equals(otherTouch) && one.compareTo(other) > 0);
            StatePath loser = oneLoses ? one : other;
            merged.remove(loser);
            conflicts.removeIf(conflict -> conflict.path().equals(loser));
            conflicts.add(new PathConflict(loser, oneLoses ? otherTouch : oneTouch, oneLoses ? oneTouch : otherTouch));
            pair = TwinNames.find(merged.keySet());
        }
    }

    private Touch touch(StatePath path) throws StateException {
        boolean byFirst = same(merged.get(path), first.get(path)) && !same(first.get(path), base.get(path));
        return touches.last(byFirst ? Side.FIRST : Side.SECOND, path);
    }

    private static boolean same(@Nullable BlobId one, @Nullable BlobId other) {
        return one == null ? other == null : one.equals(other);
    }
}
