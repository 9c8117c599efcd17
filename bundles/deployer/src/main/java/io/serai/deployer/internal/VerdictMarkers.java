package io.serai.deployer.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.serai.api.deploy.Verdict;
import io.serai.api.state.BlobId;
import io.serai.api.state.StatePath;
import io.serai.deployer.internal.cluster.VerdictJson;
import io.serai.deployer.internal.reconcile.VerdictListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each verdict to a file that a script can wait for: {@code verdicts/orders.jar.json} for
 * {@code deploy/orders.jar}, {@code verdicts/config/x.cfg.json} for {@code config/x.cfg}. A thread of its own writes them,
 * so that a batch does not wait for the disk; they are not forced to it, because they are found out again at every start.
 */
final class VerdictMarkers implements VerdictListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VerdictMarkers.class);
    private static final String SUFFIX = ".json";
    private static final int FORMAT = 1;
    private static final long CLOSE_WAIT_MILLIS = 1_000;

    private final Path directory;
    private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final Object lock = new Object();
    // guarded by lock
    private final Map<StatePath, Optional<Verdict>> pending = new LinkedHashMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = Executors.defaultThreadFactory().newThread(work);
        made.setName("deployer-verdicts-1");
        made.setDaemon(true);
        return made;
    });

    VerdictMarkers(Path directory) {
        this.directory = directory;
    }

    @Override
    public void settled(Verdict verdict) {
        add(verdict.path(), Optional.of(verdict));
    }

    @Override
    public void gone(StatePath path) {
        add(path, Optional.empty());
    }

    private void add(StatePath path, Optional<Verdict> verdict) {
        synchronized (lock) {
            boolean idle = pending.isEmpty();
            pending.put(path, verdict);
            if (!idle || thread.isShutdown()) {
                return;
            }
        }
        thread.execute(this::flush);
    }

    /** Returns what served for a path when its verdict was written last, maybe before this node was started. */
    Optional<BlobId> served(StatePath path) {
        Path file = file(path);
        try {
            return Files.exists(file)
                    ? VerdictJson.read(mapper.readTree(Files.readAllBytes(file)))
                            .serving()
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
            LOG.warn("Verdict was not read: path={}, file={}, reason={}", path, file, e.toString());
            return Optional.empty();
        }
    }

    /** Removes the files of all other paths, which are left of an earlier run. */
    @Override
    public void complete(Set<StatePath> paths) {
        Set<Path> kept = new HashSet<>();
        paths.forEach(path -> kept.add(file(path)));
        thread.execute(() -> removeOthers(kept));
    }

    private void flush() {
        Map<StatePath, Optional<Verdict>> batch;
        synchronized (lock) {
            batch = new HashMap<>(pending);
            pending.clear();
        }
        batch.forEach(this::write);
    }

    private void write(StatePath path, Optional<Verdict> verdict) {
        Path file = file(path);
        try {
            if (verdict.isEmpty()) {
                Files.deleteIfExists(file);
                return;
            }
            Files.createDirectories(file.getParent());
            Path temporary = file.resolveSibling("." + file.getFileName() + ".new");
            Files.write(temporary, json(verdict.get()));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("Verdict was not written: path={}, file={}, reason={}", path, file, e.toString());
        }
    }

    private byte[] json(Verdict verdict) throws JsonProcessingException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("version", FORMAT);
        fields.putAll(VerdictJson.of(verdict));
        return mapper.writeValueAsBytes(fields);
    }

    private void removeOthers(Set<Path> kept) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory, 8)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isRegularFile(file) && !kept.contains(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            LOG.warn("Old verdicts were not removed: directory={}, reason={}", directory, e.toString());
        }
    }

    private Path file(StatePath path) {
        List<String> segments = path.segments();
        List<String> below = path.isBelow("deploy") ? segments.subList(1, segments.size()) : segments;
        return directory.resolve(String.join("/", below) + SUFFIX);
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("Verdicts were not all written: directory={}", directory);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
