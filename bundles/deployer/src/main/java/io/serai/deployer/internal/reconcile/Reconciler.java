package io.serai.deployer.internal.reconcile;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.deploy.Verdict;
import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.Entry;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the head of the state with what was applied, and has engines apply the difference. Level-triggered: it looks
 * at the head, never at what led to it. All of its work, and all of the engines', is done by its one thread; what may
 * hang goes to the crew.
 */
public final class Reconciler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration RETRY = Duration.ofSeconds(3);

    /** Handlers come up while the node starts, in no particular order: until then nothing is said to be unsupported. */
    private static final Duration HANDLER_GRACE = Duration.ofSeconds(6);

    private static final Duration CLOSE_WAIT = Duration.ofSeconds(1);

    private final StateRepository repository;
    private final Mailbox mailbox;
    private final VerdictBook book;
    private final Ledger ledger;
    private final Crew crew;
    private final Router router;
    private final Pacing pacing;
    private final Awaited awaited;
    private final Applied applied;
    private final BooleanSupplier ready;
    private final LongSupplier nanoTime;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = Executors.defaultThreadFactory().newThread(work);
        made.setName("deployer-reconciler-1");
        made.setDaemon(true);
        return made;
    });
    private volatile boolean closed;
    // used by its thread only
    private long startedNanos;
    // used by its thread only
    private long retryNanos = Long.MAX_VALUE;
    // used by its thread only: whether the next pass looks at what time is up for
    private boolean timeNoticed;

    /**
     * Makes a reconciler that does nothing until it is started.
     *
     * @param ready whether the framework has come so far that bundles can be started
     */
    public Reconciler(
            StateRepository repository, Mailbox mailbox, Verdicts verdicts, Applying applying, BooleanSupplier ready) {
        this.repository = repository;
        this.mailbox = mailbox;
        this.book = verdicts.book();
        this.ledger = verdicts.ledger();
        this.crew = applying.crew();
        this.router = applying.router();
        this.pacing = applying.pacing();
        this.awaited = new Awaited(repository, verdicts.book(), verdicts.clock());
        this.applied = new Applied(verdicts.book(), applying.nanoTime());
        this.nanoTime = applying.nanoTime();
        this.ready = ready;
    }

    /** Where verdicts go. */
    public record Verdicts(VerdictBook book, Ledger ledger, Clock clock) {}

    /** What applies artifacts. */
    public record Applying(Crew crew, Router router, Pacing pacing, LongSupplier nanoTime) {}

    /** Starts its thread, which looks at the head at once. */
    public void start() {
        mailbox.notice(Cause.HEAD);
        thread.execute(this::loop);
    }

    /** Returns the commit that was applied last; empty until the first has been, and what of it takes long is settled. */
    public Optional<CommitId> applied() {
        return applied.commit();
    }

    /** Completes when a commit has been applied and the verdicts on some paths are settled. */
    public CompletableFuture<List<Verdict>> await(CommitId commit, Collection<StatePath> paths) {
        CompletableFuture<List<Verdict>> answer = new CompletableFuture<>();
        mailbox.post(() -> {
            awaited.add(commit, paths, answer);
            mailbox.notice(Cause.HEAD);
        });
        return answer;
    }

    private void loop() {
        startedNanos = nanoTime.getAsLong();
        try {
            while (!closed) {
                step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        awaited.cancel();
    }

    private void step() throws InterruptedException {
        Mailbox.Letter letter = mailbox.take(waitNanos());
        while (letter != null) {
            open(letter);
            letter = mailbox.take(0);
        }
        if (retryDueInNanos() == 0) {
            retryNanos = Long.MAX_VALUE;
            timeNoticed = true;
            mailbox.notice(Cause.TIME);
        }
        if (mailbox.dueInNanos() == 0 && ready.getAsBoolean()) {
            safely(mailbox.takeCauses());
        }
        awaited.answer();
        book.report();
    }

    private void open(Mailbox.Letter letter) throws InterruptedException {
        try {
            letter.open();
        } catch (RuntimeException e) {
            LOG.error("Reconciliation failed in part and is repeated: after.millis={}", RETRY.toMillis(), e);
            retryNanos = nanoTime.getAsLong() + RETRY.toNanos();
        }
    }

    private long waitNanos() {
        long notice = ready.getAsBoolean() ? mailbox.dueInNanos() : RETRY.toNanos();
        long own = Math.min(retryDueInNanos(), applied.settle());
        return Math.min(Math.min(crew.tend(), pacing.tend()), Math.min(notice, own));
    }

    private long retryDueInNanos() {
        long due = retryNanos == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, retryNanos - nanoTime.getAsLong());
        return timeNoticed ? due : Math.min(due, ledger.retryInNanos());
    }

    private void safely(Set<Cause> causes) throws InterruptedException {
        try {
            pass(causes);
        } catch (RuntimeException e) {
            LOG.error("Reconciliation failed and is repeated: after.millis={}", RETRY.toMillis(), e);
            retryNanos = nanoTime.getAsLong() + RETRY.toNanos();
        }
    }

    private void pass(Set<Cause> causes) throws InterruptedException {
        long sinceNanos = nanoTime.getAsLong();
        Snapshot head = repository.head();
        int removed = remove(head.effective());
        int deployed = 0;
        for (Batch batch : batches(head, causes)) {
            batch.engine().deploy(batch.artifacts());
            deployed += batch.artifacts().size();
        }
        for (Engine engine : router.engines()) {
            engine.changed(causes);
        }
        if (deployed > 0 || removed > 0) {
            LOG.info(
                    "State was applied: commit={}, deployed={}, removed={}, millis={}",
                    head.commit(),
                    deployed,
                    removed,
                    TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - sinceNanos));
        }
        awaited.passed(head.commit());
        if (applied.passed(head.commit())) {
            book.complete();
        }
        timeNoticed = false;
    }

    /** Has everything removed that is no longer wanted; returns how much that is. */
    private int remove(Map<StatePath, Entry> wanted) throws InterruptedException {
        Map<Engine, List<StatePath>> gone = new LinkedHashMap<>();
        int count = 0;
        for (StatePath path : ledger.paths()) {
            if (!wanted.containsKey(path)) {
                count++;
                ledger.close(path).ifPresent(engine -> gone.computeIfAbsent(engine, any -> new ArrayList<>())
                        .add(path));
            }
        }
        for (Map.Entry<Engine, List<StatePath>> entry : gone.entrySet()) {
            entry.getKey().remove(entry.getValue());
        }
        if (!gone.isEmpty()) {
            mailbox.notice(Cause.ARTIFACT_GONE);
        }
        return count;
    }

    private record Batch(Engine engine, List<Artifact> artifacts) {}

    private Collection<Batch> batches(Snapshot head, Set<Cause> causes) throws InterruptedException {
        Map<StatePath, Pacing.Hold> held = pacing.held(head, (path, entry) -> ledger.fresh(path, entry.blob()));
        Map<Integer, Batch> batches = new TreeMap<>();
        for (Map.Entry<StatePath, Entry> entry : head.effective().entrySet()) {
            StatePath path = entry.getKey();
            Optional<BlobId> blob = applicable(path, entry.getValue().blob(), held.get(path));
            if (blob.isPresent() && ledger.due(path, blob.get(), causes)) {
                assign(new Artifact(path, blob.get(), new StateContent(repository, blob.get())), batches);
            }
        }
        return batches.values();
    }

    /** Returns what is to be applied now: what is wanted, or what was before if that is held back. */
    private Optional<BlobId> applicable(StatePath path, BlobId wanted, Pacing.@Nullable Hold hold) {
        if (hold != null) {
            return ledger.hold(path, wanted, hold);
        }
        ledger.release(path, wanted);
        return Optional.of(wanted);
    }

    private void assign(Artifact artifact, Map<Integer, Batch> batches) throws InterruptedException {
        Router.Route route;
        try {
            route = router.route(artifact);
        } catch (DeploymentException e) {
            if (router.concerns(artifact.path())) {
                ledger.open(artifact.path(), artifact.blob());
                refuse(artifact, e);
            }
            return;
        }
        ledger.open(artifact.path(), artifact.blob());
        Optional<Engine> before = ledger.assign(artifact.path(), route.engine());
        if (before.isPresent()) {
            before.get().remove(List.of(artifact.path()));
        }
        batches.computeIfAbsent(route.rank(), any -> new Batch(route.engine(), new ArrayList<>()))
                .artifacts()
                .add(artifact);
    }

    private void refuse(Artifact artifact, DeploymentException e) {
        Optional<BlobId> serving = ledger.serving(artifact.path());
        boolean starting = nanoTime.getAsLong() - startedNanos < HANDLER_GRACE.toNanos();
        Outcome outcome = e.reason() == Reason.UNSUPPORTED && starting
                ? Outcome.deploying(serving).alsoOn(Cause.HANDLERS).alsoOn(Cause.TIME)
                : Outcome.failed(e, serving);
        ledger.report(artifact.path(), artifact.blob(), outcome);
    }

    /** Stops its thread; what runs goes on. */
    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Reconciler did not stop in time: waited.millis={}", CLOSE_WAIT.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
