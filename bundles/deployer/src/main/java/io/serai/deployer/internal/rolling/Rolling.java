package io.serai.deployer.internal.rolling;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.Entry;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import io.serai.deployer.internal.reconcile.Mailbox;
import io.serai.deployer.internal.reconcile.Pacing;
import io.serai.deployer.internal.reconcile.Router;
import io.serai.deployer.internal.reconcile.StateContent;
import io.serai.deployer.internal.rolling.Turns.Standing;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Holds back what a change wants applied node by node until it is this node's turn. What this node has served before is no
 * change to it: it is applied at once when the node starts again.
 */
public final class Rolling implements Pacing {
    private final StateRepository repository;
    private final Router router;
    private final Function<StatePath, Optional<BlobId>> served;
    private final RollingChanges changes;
    private final Turns turns;
    // what served when a path was first held back
    private final Map<StatePath, Optional<BlobId>> instead = new HashMap<>();

    /**
     * Who is asked.
     *
     * @param fellows the other nodes
     * @param served what has served for a path last, before this node was started too
     */
    public record Witnesses(Fellows fellows, Function<StatePath, Optional<BlobId>> served) {}

    /** Makes it; nothing is asked before something is to be held back. */
    public Rolling(
            StateRepository repository, Router router, Witnesses witnesses, Mailbox mailbox, LongSupplier nanoTime) {
        this.repository = repository;
        this.router = router;
        this.served = witnesses.served();
        this.changes = new RollingChanges(repository);
        this.turns = new Turns(witnesses.fellows(), mailbox, nanoTime);
    }

    @Override
    public Map<StatePath, Hold> held(Snapshot head, BiPredicate<StatePath, Entry> fresh) {
        changes.read(head);
        Map<StatePath, RollingContent> waiting = changes.isEmpty() ? Map.of() : waiting(head, fresh);
        instead.keySet().retainAll(waiting.keySet());
        Map<CommitId, Standing> standings = turns.of(waiting.values());
        Map<StatePath, Hold> held = new HashMap<>();
        waiting.forEach((path, content) -> {
            Standing standing = standings.getOrDefault(content.commit(), Standing.TURN);
            if (!standing.isTurn()) {
                held.put(path, new Hold(standing.state(), standing.message(), available(path)));
            }
        });
        return held;
    }

    private Map<StatePath, RollingContent> waiting(Snapshot head, BiPredicate<StatePath, Entry> fresh) {
        Map<StatePath, RollingContent> waiting = new HashMap<>();
        Set<StatePath> files = new HashSet<>();
        head.effective().forEach((path, entry) -> {
            Optional<CommitId> commit = changes.find(entry);
            if (commit.isPresent() && fresh.test(path, entry)) {
                files.add(entry.path());
                if (isNew(path, entry.blob())) {
                    waiting.put(path, new RollingContent(path, entry.blob(), commit.get()));
                }
            }
        });
        changes.keepOnly(files);
        return waiting;
    }

    private boolean isNew(StatePath path, BlobId blob) {
        return isTaken(path, blob)
                && instead.computeIfAbsent(path, served).filter(blob::equals).isEmpty();
    }

    /** Returns whether there will be a verdict on it; what nothing on this node applies has no turn. */
    private boolean isTaken(StatePath path, BlobId blob) {
        if (router.concerns(path)) {
            return true;
        }
        try {
            router.route(new Artifact(path, blob, new StateContent(repository, blob)));
            return true;
        } catch (DeploymentException e) {
            return false; // the reconciler comes across the same
        }
    }

    private Optional<BlobId> available(StatePath path) {
        return instead.getOrDefault(path, Optional.empty()).filter(blob -> {
            try {
                repository.head().content(blob);
                return true;
            } catch (StateException e) {
                return false; // compaction has dropped it
            }
        });
    }

    @Override
    public long tend() {
        return turns.tend();
    }
}
