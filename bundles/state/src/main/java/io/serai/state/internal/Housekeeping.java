package io.serai.state.internal;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the many small packs that commits leave into one, in the background and without a lock. Nothing that can be reached
 * is lost; what an interrupted commit or transfer has left goes after a day.
 */
final class Housekeeping implements AutoCloseable {
    /** So many packs that finding an object still takes microseconds, so few that repacking is rare. */
    static final int PACKS = 200;

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    // Some milliseconds are enough for a commit of this node; those of others wait until large contents have come, too.
    private static final Duration UNREFERENCED = Duration.ofDays(1);
    private static final long CLOSE_SECONDS = 3;

    private final ExecutorService executor = Executors.newSingleThreadExecutor(new DaemonThreads("housekeeping"));
    private final GitStore store;
    private final Clock clock;
    private final int limit;
    private final AtomicInteger packs;

    /** Makes housekeeping that begins its work after {@code limit} packs. */
    Housekeeping(GitStore store, Clock clock, int limit) {
        this.store = store;
        this.clock = clock;
        this.limit = limit;
        this.packs = new AtomicInteger(
                store.repository().getObjectDatabase().getPacks().size());
    }

    /** Counts a pack, and begins to work if there are many. */
    void packAdded() {
        if (packs.incrementAndGet() >= limit) {
            packs.set(0); // counted anew from here, also if it fails: a full disk must not make each commit try again
            begin();
        }
    }

    private void begin() {
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException e) {
            LOG.debug("Left repacking to the next start: directory={}", store.directory(), e);
        }
    }

    private void run() {
        long start = System.nanoTime();
        try {
            repack(clock.instant().minus(UNREFERENCED));
            LOG.info(
                    "Repacked the state repository: directory={}, packs={}, millis={}",
                    store.directory(),
                    store.repository().getObjectDatabase().getPacks().size(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        } catch (IOException | JGitInternalException e) {
            if (executor.isShutdown()) {
                LOG.debug(
                        "Broke off repacking, because the repository is being closed: directory={}", store.directory());
            } else {
                LOG.warn(
                        "Could not repack the state repository, and will try later: directory={}",
                        store.directory(),
                        e);
            }
        }
    }

    /** Repacks; what was written before {@code litter} and cannot be reached goes. */
    void repack(Instant litter) throws IOException {
        store.repacking().lock();
        try {
            Repacking.geometric(store).run(litter);
        } finally {
            store.repacking().unlock();
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Repacking did not end in time: directory={}", store.directory());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
