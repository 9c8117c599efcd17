package io.serai.deployer.internal.reconcile;

import io.serai.api.deploy.Verdict;
import io.serai.api.deploy.Verdict.State;
import io.serai.api.state.BlobId;
import io.serai.api.state.StatePath;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts on this node: on what the state holds, and on files that were offered and refused. A refusal hides the
 * verdict on what the state holds under the same path. Thread-safe.
 */
public final class VerdictBook {
    private final Clock clock;
    private final VerdictListener listener;
    private final VerdictLog log = new VerdictLog();
    private final Map<StatePath, Verdict> verdicts = new ConcurrentSkipListMap<>();
    private final Map<StatePath, Verdict> refusals = new ConcurrentSkipListMap<>();

    /** Makes an empty book. */
    public VerdictBook(Clock clock, VerdictListener listener) {
        this.clock = clock;
        this.listener = listener;
    }

    /** Returns the verdicts by path. */
    public List<Verdict> all() {
        Map<StatePath, Verdict> all = new ConcurrentSkipListMap<>(verdicts);
        all.putAll(refusals);
        return new ArrayList<>(all.values());
    }

    /** Returns the verdict on a path. */
    public Optional<Verdict> find(StatePath path) {
        Verdict refusal = refusals.get(path);
        return Optional.ofNullable(refusal != null ? refusal : verdicts.get(path));
    }

    /** Returns the verdict on what the state holds, whatever was refused. */
    Optional<Verdict> recorded(StatePath path) {
        return Optional.ofNullable(verdicts.get(path));
    }

    void record(StatePath path, BlobId wanted, Outcome outcome) {
        Verdict verdict = new Verdict(
                path,
                outcome.state(),
                outcome.message(),
                outcome.detail(),
                Optional.of(wanted),
                outcome.serving(),
                clock.instant());
        Verdict before = verdicts.put(path, verdict);
        if (before != null && same(before, verdict)) {
            verdicts.put(path, before);
        } else if (verdict.settled()) {
            tell(verdict);
        }
    }

    /** Takes note of which version serves, while the verdict is on a newer one. */
    void serves(StatePath path, Optional<BlobId> serving) {
        Verdict now = verdicts.get(path);
        if (now != null && !now.serving().equals(serving)) {
            Verdict next =
                    new Verdict(path, now.state(), now.message(), now.detail(), now.wanted(), serving, now.time());
            verdicts.put(path, next);
            if (next.settled()) {
                listener.settled(next);
            }
        }
    }

    /** Has the log tell what has come about since this was called last. */
    void report() {
        log.flush();
    }

    /** Tells the listener of all paths that there are verdicts on. */
    void complete() {
        Set<StatePath> paths = new HashSet<>(verdicts.keySet());
        paths.addAll(refusals.keySet());
        listener.complete(paths);
    }

    /** Takes note that an artifact is gone from the state, and from the node. */
    void remove(StatePath path) {
        Verdict before = verdicts.remove(path);
        if (before != null) {
            log.removed(path);
        }
        if (!refusals.containsKey(path)) {
            listener.gone(path);
        }
    }

    /**
     * Takes note that content was offered which did not become part of the state.
     *
     * @param offered its identity; empty if it cannot even be read
     */
    public void refuse(StatePath path, Optional<BlobId> offered, String message) {
        Verdict current = verdicts.get(path);
        Optional<BlobId> serving = current == null ? Optional.empty() : current.serving();
        String text = message + (serving.isPresent() ? Outcome.OLD_SERVES : "");
        Verdict verdict = new Verdict(path, State.FAILED, text, "", offered, serving, clock.instant());
        Verdict before = refusals.put(path, verdict);
        if (before != null && same(before, verdict)) {
            refusals.put(path, before);
        } else {
            tell(verdict);
        }
    }

    /** Takes note that refused content is no longer offered. */
    public void withdrawRefusal(StatePath path) {
        if (refusals.remove(path) == null) {
            return;
        }
        Verdict below = verdicts.get(path);
        if (below == null) {
            listener.gone(path);
        } else if (below.settled()) {
            listener.settled(below);
        }
    }

    private void tell(Verdict verdict) {
        log.settled(verdict);
        listener.settled(verdict);
    }

    // the detail may name bundle numbers, which differ at each attempt
    private static boolean same(@Nullable Verdict a, Verdict b) {
        return a != null
                && a.state() == b.state()
                && a.message().equals(b.message())
                && a.wanted().equals(b.wanted())
                && a.serving().equals(b.serving());
    }
}
