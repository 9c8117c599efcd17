package io.serai.state.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.errors.CancelledException;
import org.eclipse.jgit.internal.storage.file.GC;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.internal.storage.pack.PackExt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the many small packs that commits leave into one, in the background and without a lock. Nothing that can be reached
 * is lost, and what cannot be reached is kept as loose objects.
 */
final class Housekeeping implements AutoCloseable {
    /** So many packs that finding an object still takes microseconds, so few that repacking is rare. */
    static final int PACKS = 200;

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    // A pack of this size is left as it is from then on, so that a repository of gigabytes is not copied every time.
    private static final long KEPT_BYTES = 64L * 1024 * 1024;
    // The objects of a commit are on disk some milliseconds before a reference leads to them.
    private static final Duration UNREFERENCED = Duration.ofMinutes(1);
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
        } catch (CancelledException e) {
            LOG.debug("Broke off repacking, because the repository is being closed: directory={}", store.directory());
        } catch (IOException | JGitInternalException e) {
            LOG.warn("Could not repack the state repository, and will try later: directory={}", store.directory(), e);
        }
    }

    /** Repacks; packs made after {@code before} stay. */
    void repack(Instant before) throws IOException {
        for (Pack pack : store.repository().getObjectDatabase().getPacks()) {
            Path keep = pack.getPackFile().create(PackExt.KEEP).toPath();
            if (pack.getPackFile().length() >= KEPT_BYTES && !Files.exists(keep)) {
                Files.createFile(keep);
            }
        }
        GC collector = new GC(store.repository());
        collector.setPackExpire(before);
        collector.repack();
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
