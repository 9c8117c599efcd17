package io.serai.deployer.internal.reconcile;

import io.serai.api.deploy.Verdict;
import io.serai.api.deploy.Verdict.State;
import io.serai.api.state.BlobId;
import io.serai.api.state.StatePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes verdicts to the log: what is wrong at once and each for itself, what went well when a pass is over, a batch in one
 * line. A thousand lines would take longer to write than the services take to start. Thread-safe.
 */
final class VerdictLog {
    private static final Logger LOG = LoggerFactory.getLogger(VerdictLog.class);
    private static final int MOST_LINES = 10;
    private static final int MOST_NAMED = 3;

    // guarded by this
    private List<Verdict> activated = new ArrayList<>();
    // guarded by this
    private List<StatePath> removed = new ArrayList<>();

    void settled(Verdict verdict) {
        if (verdict.state() == State.ACTIVE) {
            synchronized (this) {
                activated.add(verdict);
            }
        } else {
            LOG.warn(
                    verdict.state() == State.WAITING
                            ? "Artifact waits: path={}, blob={}, serving={}, reason={}"
                            : "Artifact failed: path={}, blob={}, serving={}, reason={}",
                    verdict.path(),
                    text(verdict.wanted()),
                    text(verdict.serving()),
                    verdict.message());
        }
    }

    synchronized void removed(StatePath path) {
        removed.add(path);
    }

    /** Writes what has gone well since this was called last. */
    void flush() {
        List<Verdict> active;
        List<StatePath> gone;
        synchronized (this) {
            active = activated;
            gone = removed;
            if (active.isEmpty() && gone.isEmpty()) {
                return;
            }
            activated = new ArrayList<>();
            removed = new ArrayList<>();
        }
        if (gone.size() > MOST_LINES) {
            LOG.info("Artifacts were removed: count={}, paths={}", gone.size(), firstOf(gone));
        } else {
            gone.forEach(path -> LOG.info("Artifact was removed: path={}", path));
        }
        if (active.size() > MOST_LINES) {
            List<StatePath> paths = active.stream().map(Verdict::path).toList();
            LOG.info("Artifacts became active: count={}, paths={}", active.size(), firstOf(paths));
        } else {
            active.forEach(verdict -> LOG.info(
                    "Artifact became active: path={}, blob={}, serves={}",
                    verdict.path(),
                    text(verdict.wanted()),
                    verdict.message()));
        }
    }

    private static String firstOf(List<StatePath> paths) {
        String named = paths.stream().limit(MOST_NAMED).map(StatePath::value).collect(Collectors.joining(", "));
        return named + " and " + (paths.size() - MOST_NAMED) + " more";
    }

    private static String text(Optional<BlobId> blob) {
        return blob.map(id -> id.value().substring(0, 8)).orElse("none");
    }
}
