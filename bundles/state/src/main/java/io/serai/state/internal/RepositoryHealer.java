package io.serai.state.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts right, before JGit sees the repository, what a killed process or a power cut left behind. Temporary files are
 * deleted; what bears the name of something lasting and cannot be read is kept in the folder {@code damaged}.
 */
final class RepositoryHealer {
    private static final Logger LOG = LoggerFactory.getLogger(RepositoryHealer.class);
    private static final Pattern REF = Pattern.compile("([0-9a-f]{40}|ref: refs/\\S+)\\n?");
    private static final Pattern FAN_OUT = Pattern.compile("[0-9a-f]{2}");
    private static final Pattern LOOSE = Pattern.compile("[0-9a-f]{38}");
    private static final Pattern PACK_TEMPORARY = Pattern.compile("gc_.*|tmp_.*|\\.tmp-.*|\\.probe-.*|.*_tmp|.*\\.new");

    // Linux writes dirty pages back after 30 s (vm.dirty_expire_centisecs); ten minutes leave room for a slow disk.
    private static final Duration WRITTEN_BACK = Duration.ofMinutes(10);

    private final Path directory;

    RepositoryHealer(Path directory) {
        this.directory = directory;
    }

    /** Deletes lock files and what was being written. */
    void deleteTemporaryFiles() throws IOException {
        delete(files(directory, 1), file -> isLock(file) || name(file).equals("gc.pid") || isProbe(file));
        delete(files(directory.resolve("refs"), Integer.MAX_VALUE), file -> isLock(file) || isProbe(file));
        Path objects = directory.resolve("objects");
        delete(files(objects, 1), file -> true); // Git keeps nothing there but folders
        delete(
                files(objects.resolve("info"), 1),
                file -> isLock(file) || name(file).endsWith("_tmp"));
        delete(
                files(objects.resolve("pack"), 1),
                file -> PACK_TEMPORARY.matcher(name(file)).matches());
        for (Path folder : fanOut()) {
            delete(files(folder, 1), file -> !LOOSE.matcher(name(file)).matches());
        }
    }

    /** Moves references away that name no commit; returns whether the one of the head was among them. */
    boolean quarantineReferences() throws IOException {
        boolean main = false;
        for (Path file : files(directory.resolve("refs"), Integer.MAX_VALUE)) {
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            if (!REF.matcher(text).matches()) {
                quarantine(file, "names no commit");
                main |= directory.relativize(file).toString().equals(RepositoryLayout.MAIN);
            }
        }
        return main;
    }

    /** Moves loose objects away that are empty; and with {@code thorough}, those that are not what their name says. */
    void quarantineLooseObjects(boolean thorough) throws IOException {
        for (Path folder : fanOut()) {
            for (Path file : files(folder, 1)) {
                if (Files.size(file) == 0) {
                    quarantine(file, "is empty");
                } else if (thorough && !ObjectFiles.isIntactLoose(file, name(folder) + name(file))) {
                    quarantine(file, "is not the object its name says");
                }
            }
        }
    }

    /**
     * Moves packs away that were cut off or lack their index; and with {@code thorough}, those with wrong check sums
     * among the ones written last, which a power cut may have caught.
     */
    void quarantinePacks(boolean thorough) throws IOException {
        List<Path> files = files(directory.resolve("objects/pack"), 1);
        Instant newest = Instant.EPOCH;
        for (Path file : files) {
            Instant modified = Files.getLastModifiedTime(file).toInstant();
            newest = modified.isAfter(newest) ? modified : newest;
        }
        Instant suspect = newest.minus(WRITTEN_BACK);
        for (Path file : files) {
            String name = name(file);
            boolean sums =
                    thorough && Files.getLastModifiedTime(file).toInstant().isAfter(suspect);
            if (name.endsWith(".pack") && !ObjectFiles.isIntactPack(file, sums)) {
                quarantine(file, "is cut off, altered or without index");
            }
        }
        for (Path file : files) {
            Path pack = file.resolveSibling(name(file).replace(".idx", ".pack"));
            if (name(file).endsWith(".idx") && Files.exists(damaged(pack))) {
                quarantine(file, "has no pack");
            }
        }
        delete(
                files,
                file -> name(file).endsWith(".idx")
                        && Files.exists(file)
                        && !Files.exists(file.resolveSibling(name(file).replace(".idx", ".pack"))));
    }

    private List<Path> fanOut() throws IOException {
        try (Stream<Path> folders = Files.list(directory.resolve("objects"))) {
            return folders.filter(folder -> FAN_OUT.matcher(name(folder)).matches())
                    .filter(Files::isDirectory)
                    .toList();
        }
    }

    private static List<Path> files(Path folder, int depth) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static void delete(List<Path> files, Predicate<Path> temporary) throws IOException {
        for (Path file : files) {
            if (temporary.test(file)) {
                Files.deleteIfExists(file);
                LOG.info("Deleted a temporary file that a stopped process had left: file={}", file);
            }
        }
    }

    private void quarantine(Path file, String why) throws IOException {
        Path target = damaged(file);
        try {
            Files.createDirectories(target.getParent());
        } catch (FileAlreadyExistsException e) {
            throw new IOException(
                    "Cannot move " + file + " away, which " + why + ": " + e.getFile() + " is no folder", e);
        }
        Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
        LOG.warn(
                "Moved a damaged file out of the state repository: file={}, reason=it {}, target={}",
                file,
                why,
                target);
    }

    private Path damaged(Path file) {
        return directory.resolve("damaged").resolve(directory.relativize(file));
    }

    private static boolean isLock(Path file) {
        return name(file).endsWith(".lock");
    }

    private static boolean isProbe(Path file) {
        return name(file).startsWith(".probe-");
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
