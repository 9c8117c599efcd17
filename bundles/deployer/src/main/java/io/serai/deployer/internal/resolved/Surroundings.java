package io.serai.deployer.internal.resolved;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What every node has anyway: the distribution, and what is unpacked or written here of the state's own artifacts.
 *
 * @param system the Maven repository of the distribution
 * @param archives a folder with a Maven repository for each Karaf archive
 * @param own folders whose files come from the state
 */
record Surroundings(Path system, Path archives, List<Path> own) {

    /** Returns whether an artifact need not be brought from elsewhere. */
    boolean have(ArtifactUri uri) {
        return isOwn(uri.source()) || uri.mavenPath().map(this::haveMaven).orElse(false);
    }

    /** Returns whether a URI is that of a file which comes from the state. */
    boolean isOwn(String uri) {
        return own.stream().anyMatch(folder -> uri.startsWith(folder.toUri().toString()));
    }

    private boolean haveMaven(String path) {
        if (Files.exists(system.resolve(path))) {
            return true;
        }
        if (!Files.isDirectory(archives)) {
            return false;
        }
        try (Stream<Path> unpacked = Files.list(archives)) {
            return unpacked.anyMatch(archive -> Files.exists(archive.resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
