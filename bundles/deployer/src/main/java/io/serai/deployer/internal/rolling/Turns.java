package io.serai.deployer.internal.rolling;

import io.serai.api.deploy.Verdict;
import io.serai.api.deploy.Verdict.State;
import io.serai.api.state.CommitId;
import io.serai.api.state.StatePath;
import io.serai.api.text.NaturalOrder;
import io.serai.deployer.internal.reconcile.Cause;
import io.serai.deployer.internal.reconcile.Mailbox;
import io.serai.deployer.internal.reconcile.Outcome;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether it is this node's turn to apply changes: it asks the others again and again how they stand, while anything waits.
 * A change is one: all of it has its turn at once, and the failure of a part halts it. Used by the reconciler's thread only.
 */
final class Turns {
    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);
    private static final long SOON_NANOS = Duration.ofMillis(250).toNanos();
    /** A change that has halted waits for people. */
    private static final long SELDOM_NANOS = Duration.ofSeconds(4).toNanos();

    private final Fellows fellows;
    private final Mailbox mailbox;
    private final LongSupplier nanoTime;
    // why a change has failed, by node; what is known of a node that has gone since is kept
    private final Map<CommitId, Map<String, String>> failures = new HashMap<>();
    private final Map<CommitId, Standing> known = new HashMap<>();
    private Set<RollingContent> waiting = Set.of();
    private Set<RollingContent> answered = Set.of();
    // the verdicts of each node, in the order of their turns; without, if it has not answered
    private TreeMap<String, Optional<Map<StatePath, Verdict>>> answers = new TreeMap<>(NaturalOrder.OF_NAMES);
    private boolean asking;
    private long askNanos;

    /**
     * How a change stands for this node.
     *
     * @param state ACTIVE if it is its turn
     */
    record Standing(State state, String message) {
        static final Standing ASKING =
                new Standing(State.DEPLOYING, "asks the other nodes whether it is its turn (rolling)");
        static final Standing TURN = new Standing(State.ACTIVE, "it is the turn of this node");

        boolean isTurn() {
            return state == State.ACTIVE;
        }
    }

    Turns(Fellows fellows, Mailbox mailbox, LongSupplier nanoTime) {
        this.fellows = fellows;
        this.mailbox = mailbox;
        this.nanoTime = nanoTime;
    }

    /** Returns how the changes stand that some contents, all that wait now, belong to. */
    Map<CommitId, Standing> of(Collection<RollingContent> contents) {
        waiting = Set.copyOf(contents);
        if (waiting.isEmpty()) {
            failures.clear();
            known.clear();
            answered = Set.of();
            return Map.of();
        }
        if (!asking && !answered.containsAll(waiting)) {
            ask();
        }
        Map<CommitId, List<RollingContent>> changes =
                waiting.stream().collect(Collectors.groupingBy(RollingContent::commit));
        failures.keySet().retainAll(changes.keySet());
        known.keySet().retainAll(changes.keySet());
        changes.forEach((commit, group) -> {
            Standing now = standing(commit, group);
            if (!now.equals(known.put(commit, now))) {
                tell(commit, group.size(), now);
            }
        });
        return Map.copyOf(known);
    }

    private Standing standing(CommitId commit, List<RollingContent> group) {
        for (Map.Entry<String, String> failure :
                failures.getOrDefault(commit, Map.of()).entrySet()) {
            return halted(commit, failure.getKey(), failure.getValue());
        }
        if (!answered.containsAll(group)) {
            return Standing.ASKING;
        }
        for (Map.Entry<String, Optional<Map<StatePath, Verdict>>> before :
                answers.headMap(fellows.self()).entrySet()) {
            Standing standing = after(before.getKey(), before.getValue(), group);
            if (!standing.isTurn()) {
                return standing;
            }
        }
        return Standing.TURN;
    }

    private static Standing halted(CommitId commit, String node, String why) {
        return new Standing(
                State.WAITING,
                "The rolling change " + commit.shortValue() + " halted, because it failed on " + node + ": "
                        + why.replace(Outcome.OLD_SERVES, "") + " Commit a fix, or undo it with state:revert "
                        + commit.shortValue() + ".");
    }

    /** Returns how a change stands for this node as far as one that comes before is concerned. */
    private static Standing after(String node, Optional<Map<StatePath, Verdict>> answer, List<RollingContent> group) {
        if (answer.isEmpty()) {
            return new Standing(State.DEPLOYING, "waits for " + node + ", which does not answer (rolling)");
        }
        List<Verdict> open = group.stream()
                .flatMap(content -> Optional.ofNullable(answer.get().get(content.path())).stream())
                .filter(verdict -> verdict.state() != State.ACTIVE)
                .toList();
        if (open.isEmpty()) {
            return Standing.TURN;
        }
        String reason = "waits for " + node + " to have applied it (rolling)";
        return open.stream().allMatch(Verdict::settled)
                ? new Standing(
                        State.WAITING,
                        reason + ", where " + open.get(0).path() + " waits: "
                                + open.get(0).message())
                : new Standing(State.DEPLOYING, reason);
    }

    // what has halted is told by the verdicts
    private static void tell(CommitId commit, int artifacts, Standing standing) {
        if (standing.isTurn()) {
            LOG.info("Rolling change has come to this node: commit={}, artifacts={}", commit, artifacts);
        } else if (standing.state() == State.DEPLOYING && !standing.equals(Standing.ASKING)) {
            LOG.info(
                    "Rolling change was held back: commit={}, artifacts={}, reason={}",
                    commit,
                    artifacts,
                    standing.message());
        }
    }

    /** Asks again if it is time; returns after how many nanoseconds it wants to be called again. */
    long tend() {
        if (waiting.isEmpty() || asking) {
            return Long.MAX_VALUE;
        }
        if (askNanos - nanoTime.getAsLong() <= 0) {
            ask();
        }
        return asking ? Long.MAX_VALUE : Math.max(0, askNanos - nanoTime.getAsLong());
    }

    private void ask() {
        Set<RollingContent> contents = waiting;
        Map<String, CompletableFuture<List<Verdict>>> coming;
        try {
            coming = fellows.ask(contents, ANSWER_TIMEOUT);
        } catch (RuntimeException e) { // the edge to what another bundle does; without an answer nothing is applied
            LOG.warn("Other nodes could not be asked about a rolling change: artifacts={}", contents.size(), e);
            askNanos = nanoTime.getAsLong() + SELDOM_NANOS;
            return;
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(coming.values().toArray(CompletableFuture<?>[]::new));
        if (all.isDone()) {
            take(contents, coming);
        } else {
            asking = true;
            CompletableFuture<Void> unused =
                    all.whenComplete((none, failure) -> mailbox.post(() -> take(contents, coming)));
        }
    }

    private void take(Set<RollingContent> contents, Map<String, CompletableFuture<List<Verdict>>> done) {
        TreeMap<String, Optional<Map<StatePath, Verdict>>> now = new TreeMap<>(NaturalOrder.OF_NAMES);
        done.forEach((node, answer) -> now.put(node, read(node, answer)));
        boolean same = now.equals(answers) && contents.equals(answered);
        asking = false;
        answers = now;
        answered = contents;
        contents.stream().map(RollingContent::commit).distinct().forEach(commit -> findFailures(commit, contents));
        boolean stopped = known.values().stream().allMatch(standing -> standing.state() == State.WAITING);
        askNanos = nanoTime.getAsLong() + (same && stopped ? SELDOM_NANOS : SOON_NANOS);
        if (!same) {
            mailbox.notice(Cause.TURN);
        }
    }

    private static Optional<Map<StatePath, Verdict>> read(String node, CompletableFuture<List<Verdict>> answer) {
        try {
            return Optional.of(answer.join().stream().collect(Collectors.toMap(Verdict::path, verdict -> verdict)));
        } catch (CompletionException | CancellationException e) {
            LOG.debug("A node did not say how a rolling change stands: node={}", node, e);
            return Optional.empty();
        }
    }

    private void findFailures(CommitId commit, Set<RollingContent> contents) {
        Map<String, String> failed = failures.computeIfAbsent(commit, any -> new TreeMap<>(NaturalOrder.OF_NAMES));
        answers.forEach((node, answer) -> answer.ifPresent(verdicts -> {
            Optional<String> failure = contents.stream()
                    .filter(content -> content.commit().equals(commit))
                    .flatMap(content -> Optional.ofNullable(verdicts.get(content.path())).stream())
                    .filter(verdict -> verdict.state() == State.FAILED)
                    .map(Verdict::message)
                    .findFirst();
            failure.ifPresentOrElse(why -> failed.put(node, why), () -> failed.remove(node));
        }));
    }
}
