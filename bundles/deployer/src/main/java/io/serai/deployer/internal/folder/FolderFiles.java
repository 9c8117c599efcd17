package io.serai.deployer.internal.folder;

import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import io.serai.deployer.internal.build.Completeness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the folder as they are when they are whole. A file is looked at again when it has been quiet for a moment;
 * it is read only if its stamp has changed. Used by the folder's thread only.
 */
final class FolderFiles {
    private static final Logger LOG = LoggerFactory.getLogger(FolderFiles.class);

    /** A program that writes a file in several steps takes them within microseconds, or within seconds. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

    /** Editors and scripts that replace a file by deleting it first come back within a moment. */
    private static final long QUIET_WHEN_GONE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** Nothing is notified when a program closes a file. */
    private static final long WRITER_RECHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long HELD_OF_A_FILE_BYTES = 256 * 1024;
    private static final long HELD_IN_ALL_BYTES = 64 * 1024 * 1024;
    private static final long OLD_MILLIS = 2_000;

    private final Path folder;
    private final long settleNanos;
    private final LongSupplier nanoTime;
    private final Map<String, SeenFile> files = new HashMap<>();
    private final Set<String> pending = new HashSet<>();
    private @Nullable Set<String> written;
    private long heldBytes;

    /** What is known of a name. */
    private static final class SeenFile {
        final StatePath path;
        Optional<FileStamp> stamp = Optional.empty();
        long sinceNanos;

        @Nullable BlobId blob;

        @Nullable Content content;

        /** Whether the deployer wrote it. */
        boolean own;

        String trouble = "";

        SeenFile(StatePath path) {
            this.path = path;
        }
    }

    /**
     * What came of a look at the files that are not settled.
     *
     * @param settled how many have settled
     * @param moving whether any is being changed
     * @param dueNanos in how many nanoseconds to look again
     */
    record Look(int settled, boolean moving, long dueNanos) {}

    FolderFiles(Path folder, Duration settle, LongSupplier nanoTime) {
        this.folder = folder;
        this.settleNanos = settle.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Forgets everything. */
    void forget() {
        files.clear();
        pending.clear();
    }

    /** Takes note that something happened to a file; what the deployer has just written to it is notified as well. */
    void touched(String name) {
        Optional<StatePath> path = FileNames.path(name);
        if (path.isPresent()) {
            SeenFile file = files.computeIfAbsent(name, any -> new SeenFile(path.get()));
            Optional<FileStamp> before = file.stamp;
            file.stamp = stamp(name);
            if (file.own && file.stamp.equals(before)) {
                return;
            }
            file.own = false;
            file.sinceNanos = nanoTime.getAsLong();
            file.blob = null;
            file.content = null;
            pending.add(name);
        }
    }

    /** Returns the stamp of a file, or none if it cannot be had: that is found out when the file is read. */
    private Optional<FileStamp> stamp(String name) {
        try {
            return FileStamp.of(folder.resolve(name));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Looks at all files for changes that nobody told of. */
    void scan() throws IOException {
        Set<String> found = new HashSet<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.forEach(entry -> found.add(entry.getFileName().toString()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        found.addAll(files.keySet());
        for (String name : found) {
            if (FileNames.path(name).isPresent() && !pending.contains(name)) {
                compare(name);
            }
        }
    }

    private void compare(String name) throws IOException {
        SeenFile known = files.get(name);
        Optional<FileStamp> now = FileStamp.of(folder.resolve(name));
        if (known == null || !known.stamp.equals(now)) {
            touched(name);
            // what nobody has written to for some time need not be watched for it
            boolean old = now.isPresent()
                    && System.currentTimeMillis() - now.get().modified().toMillis() > OLD_MILLIS;
            SeenFile file = files.get(name);
            if (file != null && old) {
                file.sinceNanos -= QUIET_NANOS;
            }
        }
    }

    /** Looks at the files that are not settled. */
    Look look() {
        written = null;
        int settled = 0;
        boolean moving = false;
        long due = Long.MAX_VALUE;
        for (String name : Set.copyOf(pending)) {
            SeenFile file = files.get(name);
            long wait = file == null ? 0 : look(name, file);
            if (wait == 0) {
                pending.remove(name);
                settled++;
            } else {
                moving |= wait <= QUIET_WHEN_GONE_NANOS;
                due = Math.min(due, wait);
            }
        }
        return new Look(settled, moving, due);
    }

    /** Returns after which time to look at a file again; zero if it is settled. */
    private long look(String name, SeenFile file) {
        try {
            long age = nanoTime.getAsLong() - file.sinceNanos;
            long quiet = file.stamp.isPresent() ? QUIET_NANOS : QUIET_WHEN_GONE_NANOS;
            if (age < quiet) {
                return quiet - age;
            }
            Optional<FileStamp> now = FileStamp.of(folder.resolve(name));
            if (!now.equals(file.stamp)) {
                file.stamp = now;
                file.sinceNanos = nanoTime.getAsLong();
                return now.isPresent() ? QUIET_NANOS : QUIET_WHEN_GONE_NANOS;
            }
            return now.isEmpty() ? gone(name) : settle(name, file, age);
        } catch (IOException e) {
            trouble(file, "cannot be read: " + e + ". Give the node's user the right to read it.");
            return settleNanos;
        }
    }

    private long gone(String name) {
        files.remove(name);
        return 0;
    }

    private long settle(String name, SeenFile file, long age) throws IOException {
        FileStamp stamp = file.stamp.orElseThrow();
        if (!stamp.regular()) {
            trouble(file, "is not a file. Folders are not taken: put files into the deploy folder itself.");
            return 0;
        }
        Content content = Content.of(folder.resolve(name));
        if (age < settleNanos) {
            if (!Completeness.looksWhole(file.path, content)) {
                return settleNanos - age;
            }
            if (!hasEnd(name) && written().contains(name)) {
                return Math.min(WRITER_RECHECK_NANOS, settleNanos - age);
            }
        }
        read(name, file, stamp);
        return file.blob == null ? QUIET_NANOS : 0;
    }

    private void read(String name, SeenFile file, FileStamp stamp) throws IOException {
        Path path = folder.resolve(name);
        boolean hold = stamp.size() <= HELD_OF_A_FILE_BYTES && heldBytes + stamp.size() <= HELD_IN_ALL_BYTES;
        Content content = hold ? Content.of(Files.readAllBytes(path)) : Content.of(path);
        heldBytes += hold ? stamp.size() : 0;
        BlobId blob = BlobIds.of(content);
        if (FileStamp.of(path).equals(file.stamp)) {
            file.blob = blob;
            file.content = content;
            file.trouble = "";
        }
    }

    /** Returns whether files of this name have an end that shows that they are whole. */
    private static boolean hasEnd(String name) {
        return name.endsWith(".jar") || name.endsWith(".kar") || name.endsWith(".java") || name.endsWith(".xml");
    }

    private Set<String> written() {
        Set<String> found = written;
        if (found == null) {
            found = Writers.namesIn(folder);
            written = found;
        }
        return found;
    }

    private static void trouble(SeenFile file, String trouble) {
        file.blob = null;
        if (!file.trouble.equals(trouble)) {
            file.trouble = trouble;
            LOG.warn("File in the deploy folder was not taken: file={}, reason=it {}", file.path.fileName(), trouble);
        }
    }

    /** Returns whether it is known what a name holds; if not, it must be left alone. */
    boolean known(String name) {
        SeenFile file = files.get(name);
        return !pending.contains(name) && (file == null || file.blob != null);
    }

    /** Returns the names that there are. */
    Set<String> names() {
        return Set.copyOf(files.keySet());
    }

    /** Returns the content of the files that are known. */
    Map<String, BlobId> blobs() {
        Map<String, BlobId> blobs = new HashMap<>();
        files.forEach((name, file) -> {
            if (file.blob != null) {
                blobs.put(name, file.blob);
            }
        });
        return blobs;
    }

    /** Returns the content of a known file. */
    Content content(String name) {
        SeenFile file = files.get(name);
        Content held = file == null ? null : file.content;
        return held == null ? Content.of(folder.resolve(name)) : held;
    }

    /** Lets go of what is held in memory. */
    void release() {
        files.values().forEach(file -> file.content = null);
        heldBytes = 0;
    }

    /** Takes note of what the deployer itself wrote, or that it deleted a file. */
    void wrote(String name, Optional<BlobId> blob) throws IOException {
        Optional<StatePath> path = FileNames.path(name);
        pending.remove(name);
        files.remove(name);
        if (blob.isPresent() && path.isPresent()) {
            SeenFile file = new SeenFile(path.get());
            file.stamp = FileStamp.of(folder.resolve(name));
            file.blob = blob.get();
            file.own = true;
            files.put(name, file);
        }
    }

    /** Returns whether a file is still what it was when it was read. */
    boolean unchanged(String name) throws IOException {
        SeenFile file = files.get(name);
        Optional<FileStamp> seen = file == null ? Optional.empty() : file.stamp;
        return FileStamp.of(folder.resolve(name)).equals(seen);
    }
}
