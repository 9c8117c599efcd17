package io.serai.deployer.internal.reconcile;

import io.serai.api.deploy.Verdict;
import io.serai.api.deploy.Verdict.State;
import io.serai.api.state.BlobId;
import io.serai.api.state.StatePath;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What the reconciler has had applied, and what makes another attempt worthwhile. Used by the reconciler's thread only. */
public final class Ledger implements Reports {
    /** A disk that was full for a moment is noticed soon; one that stays full is not worth a line in the log a second. */
    private static final long FIRST_RETRY_NANOS = Duration.ofSeconds(3).toNanos();

    private static final long LAST_RETRY_NANOS = Duration.ofMinutes(1).toNanos();

    private final VerdictBook book;
    private final Mailbox mailbox;
    private final LongSupplier nanoTime;
    private final Map<StatePath, Line> lines = new HashMap<>();

    private static final class Line {
        @Nullable BlobId wanted;

        @Nullable Engine engine;

        // newer content that is held back, while this one goes on
        @Nullable BlobId held;

        @Nullable Outcome outcome;

        Set<Cause> retryOn = Set.of();
        // counts for what is retried after a time
        long retryNanos;
        long nextDelayNanos = FIRST_RETRY_NANOS;
    }

    /** Makes an empty ledger. */
    public Ledger(VerdictBook book, Mailbox mailbox, LongSupplier nanoTime) {
        this.book = book;
        this.mailbox = mailbox;
        this.nanoTime = nanoTime;
    }

    @Override
    public void report(StatePath path, BlobId wanted, Outcome outcome) {
        Line line = lines.get(path);
        if (line != null && !wanted.equals(line.wanted) && outcome.state() == State.ACTIVE) {
            book.serves(path, Optional.of(wanted));
        }
        if (line == null || !wanted.equals(line.wanted)) {
            return;
        }
        line.outcome = outcome;
        line.retryOn = outcome.retryOn();
        if (awaitsTime(line)) {
            line.retryNanos = nanoTime.getAsLong() + line.nextDelayNanos;
        }
        line.nextDelayNanos = outcome.state() == State.FAILED
                ? Math.min(2 * line.nextDelayNanos, LAST_RETRY_NANOS)
                : FIRST_RETRY_NANOS;
        if (line.held == null) {
            book.record(path, wanted, outcome);
        } else {
            book.serves(path, outcome.serving());
        }
    }

    @Override
    public void notice(Cause cause) {
        mailbox.notice(cause);
    }

    /** Returns whether content is another one than what is applied. */
    boolean fresh(StatePath path, BlobId wanted) {
        Line line = lines.get(path);
        return line == null || !wanted.equals(line.wanted);
    }

    /**
     * Takes note that content is held back.
     *
     * @return what is to be applied meanwhile; empty if nothing is
     */
    Optional<BlobId> hold(StatePath path, BlobId wanted, Pacing.Hold hold) {
        Line line = lines.computeIfAbsent(path, any -> new Line());
        line.held = wanted;
        book.record(path, wanted, Outcome.held(hold, serving(path)));
        return Optional.ofNullable(line.wanted).or(hold::instead);
    }

    /** Takes note that nothing is held back. */
    void release(StatePath path, BlobId wanted) {
        Line line = lines.get(path);
        if (line == null || line.held == null) {
            return;
        }
        line.held = null;
        if (wanted.equals(line.wanted)) {
            book.record(path, wanted, line.outcome == null ? Outcome.deploying(serving(path)) : line.outcome);
        }
    }

    /** Returns whether content must be applied: it is new, or failed for a reason that may be gone. */
    boolean due(StatePath path, BlobId wanted, Set<Cause> causes) {
        Line line = lines.get(path);
        return line == null
                || fresh(path, wanted)
                || line.retryOn.stream()
                        .anyMatch(cause -> causes.contains(cause) && (cause != Cause.TIME || timeIsUp(line)));
    }

    private boolean timeIsUp(Line line) {
        return line.retryNanos - nanoTime.getAsLong() <= 0;
    }

    private static boolean awaitsTime(Line line) {
        return line.retryOn.contains(Cause.TIME);
    }

    /** Returns in how many nanoseconds time is up for an artifact; {@link Long#MAX_VALUE} if none waits for that. */
    long retryInNanos() {
        long now = nanoTime.getAsLong();
        return lines.values().stream()
                .filter(Ledger::awaitsTime)
                .mapToLong(line -> Math.max(0, line.retryNanos - now))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Takes note that content is about to be applied. */
    void open(StatePath path, BlobId wanted) {
        Line line = lines.computeIfAbsent(path, any -> new Line());
        boolean fresh = !wanted.equals(line.wanted);
        if (fresh) {
            line.nextDelayNanos = FIRST_RETRY_NANOS;
            line.outcome = null;
        }
        line.wanted = wanted;
        line.retryOn = Set.of();
        if (fresh && line.held == null) {
            book.record(path, wanted, Outcome.deploying(serving(path)));
        }
    }

    /** Takes note of the engine that a path goes to; returns the one that had it before, if it is another. */
    Optional<Engine> assign(StatePath path, Engine engine) {
        Line line = lines.computeIfAbsent(path, any -> new Line());
        Engine before = line.engine;
        line.engine = engine;
        return before == engine ? Optional.empty() : Optional.ofNullable(before);
    }

    /** Forgets a path; returns the engine that has it. */
    Optional<Engine> close(StatePath path) {
        Line line = lines.remove(path);
        book.remove(path);
        return line == null ? Optional.empty() : Optional.ofNullable(line.engine);
    }

    /** Returns the paths that have been applied. */
    Set<StatePath> paths() {
        return Set.copyOf(lines.keySet());
    }

    /** Returns the content that serves for a path. */
    Optional<BlobId> serving(StatePath path) {
        return book.recorded(path).flatMap(Verdict::serving);
    }
}
