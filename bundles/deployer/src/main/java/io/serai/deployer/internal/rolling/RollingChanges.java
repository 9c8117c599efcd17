package io.serai.deployer.internal.rolling;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.Entry;
import io.serai.api.state.Pace;
import io.serai.api.state.PathDifference;
import io.serai.api.state.Revision;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files whose last change asks to be applied node by node. Reads only what the history has beyond the head that was
 * looked at before, and of that only messages while no change asks for anything.
 */
final class RollingChanges {
    /** How many commits a node that has just started looks at: far more than are made while a change is under way. */
    private static final int LOOK_BACK = 1_000;

    private final StateRepository repository;
    // by their path in the tree
    private final Map<StatePath, Asked> asking = new HashMap<>();
    private @Nullable CommitId seen;

    private record Asked(CommitId commit, BlobId blob) {}

    RollingChanges(StateRepository repository) {
        this.repository = repository;
    }

    /** Takes note of the changes up to a head. */
    void read(Snapshot head) {
        CommitId before = seen;
        if (head.commit().equals(before)) {
            return;
        }
        try {
            List<Revision> newestFirst = before == null
                    ? repository.log(Optional.empty(), LOOK_BACK)
                    : repository.log(before, head.commit());
            for (int i = oldest(newestFirst); i >= 0; i--) {
                take(newestFirst.get(i), head);
            }
            seen = head.commit();
        } catch (StateException e) {
            throw new IllegalStateException("Cannot find out which changes are to be applied node by node", e);
        }
    }

    /** Returns the index of the oldest change that matters; -1 if none does. */
    private int oldest(List<Revision> newestFirst) {
        int oldest = newestFirst.size() - 1;
        while (asking.isEmpty() && oldest >= 0 && newestFirst.get(oldest).pace() == Pace.AT_ONCE) {
            oldest--;
        }
        return oldest;
    }

    private void take(Revision change, Snapshot head) throws StateException {
        boolean rolling = change.pace() == Pace.ROLLING;
        // a merge only chooses between what others have changed, unless somebody says something else
        if (change.parents().isEmpty() || (change.parents().size() > 1 && !rolling)) {
            return;
        }
        for (PathDifference file : repository.diff(change.parents().get(0), change.commit())) {
            BlobId now = head.files().get(file.path());
            if (now == null) {
                asking.remove(file.path());
            } else if (file.after().filter(now::equals).isPresent()) {
                set(file.path(), rolling, new Asked(change.commit(), now));
            }
        }
    }

    private void set(StatePath path, boolean rolling, Asked asked) {
        if (rolling) {
            asking.put(path, asked);
        } else {
            asking.remove(path);
        }
    }

    boolean isEmpty() {
        return asking.isEmpty();
    }

    /** Returns the change that asks for a file to be applied node by node. */
    Optional<CommitId> find(Entry file) {
        return Optional.ofNullable(asking.get(file.path()))
                .filter(asked -> asked.blob().equals(file.blob()))
                .map(Asked::commit);
    }

    /** Forgets all files but these. */
    void keepOnly(Set<StatePath> paths) {
        asking.keySet().retainAll(paths);
    }
}
