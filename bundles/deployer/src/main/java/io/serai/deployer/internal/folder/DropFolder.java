package io.serai.deployer.internal.folder;

import io.serai.api.state.Author;
import io.serai.api.state.StateException;
import io.serai.api.state.StateRepository;
import io.serai.deployer.internal.reconcile.VerdictBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the folder and {@code deploy/} of the state's root the same. What the operating system notifies is taken at once;
 * a complete look every now and then finds the rest.
 */
public final class DropFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DropFolder.class);

    /** How long files may keep arriving until what has arrived is committed. */
    private static final long GATHER_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** So many files are a batch, of which the last are awaited longer than anybody would wait for a single one. */
    private static final int FLOCK = 10;

    private static final long FLOCK_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long BATCH_REST_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Who swaps two folders has none for a moment; one that is made in it would be in the way. */
    private static final long ABSENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long FIRST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LAST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long CLOSE_MILLIS = 1_000;
    private static final long NEVER = Long.MAX_VALUE;

    private final Place place;
    private final FolderFiles files;
    private final FolderSync sync;
    private final FolderSignals signals = new FolderSignals();
    private final LongSupplier nanoTime = System::nanoTime;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = Executors.defaultThreadFactory().newThread(work);
        made.setName("deployer-folder-1");
        made.setDaemon(true);
        return made;
    });

    // all below is used by the folder's thread only
    private final Timer look = new Timer();
    private final Timer scan = new Timer();
    private final Timer synchronisation = new Timer();
    private final Timer gatheringEnd = new Timer();
    private @Nullable FolderWatch watch;
    private boolean complete;
    private int gathered;
    private long retryAfterNanos = FIRST_RETRY_NANOS;

    /**
     * Where the folder is, and how it is watched.
     *
     * @param folder the folder
     * @param record the file that keeps what the folder and the state had in common
     * @param scanInterval time between two complete looks at it
     * @param settle how long a file that looks cut off must stay unchanged
     */
    public record Place(Path folder, Path record, Duration scanInterval, Duration settle) {}

    /** Makes a folder that nobody watches yet; author is who its commits are by. */
    public DropFolder(Place place, StateRepository repository, VerdictBook book, Author author, LateAudit audit) {
        this.place = place;
        this.files = new FolderFiles(place.folder(), place.settle(), nanoTime);
        this.sync = new FolderSync(place, repository, new FolderCommits(repository, book, author, audit), files);
    }

    /** Something that is due at a time. */
    private final class Timer {
        private long atNanos = NEVER;

        void in(long nanos) {
            atNanos = nanos == NEVER ? NEVER : nanoTime.getAsLong() + nanos;
        }

        /** Sets it unless it is due earlier. */
        void within(long nanos) {
            atNanos = Math.min(atNanos, nanoTime.getAsLong() + nanos);
        }

        void off() {
            atNanos = NEVER;
        }

        long left() {
            return atNanos == NEVER ? NEVER : Math.max(0, atNanos - nanoTime.getAsLong());
        }

        boolean due() {
            return left() == 0;
        }
    }

    /** Starts to watch. */
    public void start() {
        signals.everything();
        thread.execute(this::loop);
    }

    /** Takes note that the head of the state has moved; returns at once. */
    public void headMoved() {
        signals.head();
    }

    private void loop() {
        sync.load();
        try {
            while (!thread.isShutdown()) {
                FolderSignals.Told told =
                        signals.take(Math.min(Math.min(look.left(), scan.left()), synchronisation.left()));
                step(told);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            unwatch();
        }
    }

    private void step(FolderSignals.Told told) {
        try {
            told.names().forEach(files::touched);
            if (told.everything() || scan.due()) {
                scan();
            }
            look();
            if (complete && (synchronisation.due() || (told.head() && !postponed()))) {
                synchronise();
            }
        } catch (IOException | StateException e) {
            retry(e.toString());
        } catch (RuntimeException e) {
            LOG.error("Deploy folder was not read: folder={}", place.folder(), e);
            retry(e.toString());
        }
    }

    /**
     * Puts off to write a batch: the services that have started are asked at once, and need the processors more. Single files
     * are written at once, or what somebody does to the earlier ones would count for nothing.
     */
    private boolean postponed() {
        boolean batch = sync.writes() >= FLOCK;
        if (batch) {
            synchronisation.within(BATCH_REST_NANOS);
        }
        return batch;
    }

    private void retry(String reason) {
        if (thread.isShutdown()) { // what was interrupted is done when the node starts again
            return;
        }
        if (retryAfterNanos == FIRST_RETRY_NANOS) {
            LOG.warn(
                    "Deploy folder is not in step with the state, and is tried again: folder={}, reason={}",
                    place.folder(),
                    reason);
        }
        synchronisation.in(retryAfterNanos);
        scan.within(retryAfterNanos);
        retryAfterNanos = Math.min(LAST_RETRY_NANOS, 2 * retryAfterNanos);
    }

    private void scan() throws IOException {
        complete = false;
        FolderWatch watching = watch;
        if (watching != null && Files.notExists(place.folder())) {
            leave(ABSENCE_NANOS);
            return;
        }
        if (!sync.recognise()) {
            files.forget();
            unwatch();
        } else if (watching != null && !watching.alive()) {
            unwatch();
        }
        if (watch == null) {
            watch = new FolderWatch(place.folder(), signals);
        }
        files.scan();
        complete = true;
        scan.in(place.scanInterval().toNanos());
        synchronisation.in(0);
    }

    private void look() {
        FolderFiles.Look seen = files.look();
        look.in(seen.dueNanos());
        if (seen.settled() > 0 && gathered == 0) {
            gatheringEnd.in(GATHER_NANOS);
        }
        gathered += seen.settled();
        if (gathered > 0 && !seen.moving()) {
            synchronisation.in(Math.min(gatheringEnd.left(), seen.settled() == 0 ? synchronisation.left() : pause()));
        } else if (gathered > 0) {
            synchronisation.in(gatheringEnd.left());
        }
    }

    /** Returns how long to wait for more files when none is being changed: not at all, unless they come in a flock. */
    private long pause() {
        return gathered < FLOCK ? 0 : FLOCK_PAUSE_NANOS;
    }

    private void synchronise() throws IOException, StateException {
        synchronisation.off();
        gathered = 0;
        if (Files.notExists(place.folder())) {
            leave(ABSENCE_NANOS);
        } else if (sync.recognise()) {
            sync.synchronise();
            retryAfterNanos = FIRST_RETRY_NANOS;
        } else {
            leave(0);
        }
    }

    /** Forgets a folder that has gone, or that another stands in for; looks for what is in its place after some time. */
    private void leave(long nanos) {
        files.forget();
        unwatch();
        complete = false;
        scan.in(nanos);
    }

    private void unwatch() {
        FolderWatch watching = watch;
        watch = null;
        if (watching != null) {
            watching.close();
        }
    }

    /** Stops to watch. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("Deploy folder is still being read: folder={}", place.folder());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
