package io.serai.deployer.internal.resolved;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The bytes as Karaf's feature service finds them: Maven artifacts in a Maven repository of this node's own, everything else
 * in files that URIs are replaced by. The names of those contain the hash, because Karaf keeps a copy of what it has once
 * read of a URI. A cache: what is missing is taken from the state again.
 */
final class ResolvedFiles {
    private final Path folder;
    private final Path maven;
    private final Path files;
    private final Path repositories;

    ResolvedFiles(Path folder) {
        this.folder = folder;
        this.maven = folder.resolve("maven");
        this.files = folder.resolve("files");
        this.repositories = folder.resolve("repositories");
    }

    /** What gives the bytes. */
    interface Source {
        InputStream open() throws IOException;
    }

    /** A file, and which bytes it has. */
    record Fetched(Path file, Fingerprint fingerprint) {}

    /** Returns whether a URI is that of a file here. */
    boolean isHere(String uri) {
        return uri.startsWith(folder.toUri().toString());
    }

    /** Returns the file that has these bytes already, if any. */
    Optional<Path> find(ArtifactUri uri, Fingerprint fingerprint) throws IOException {
        Path file = path(uri, fingerprint);
        if (!Files.isRegularFile(file) || Files.size(file) != fingerprint.size()) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Fingerprint.of(in).equals(fingerprint) ? Optional.of(file) : Optional.empty();
        }
    }

    /** Takes the bytes of a URI, whatever they are. */
    Fetched put(ArtifactUri uri, Source source) throws IOException {
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, "arriving-", ".tmp");
        try {
            Fingerprint fingerprint;
            try (InputStream in = source.open();
                    OutputStream out = Files.newOutputStream(temporary)) {
                fingerprint = Fingerprint.copy(in, out);
            }
            Path file = path(uri, fingerprint);
            move(temporary, file);
            return new Fetched(file, fingerprint);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Takes the bytes of a URI as they are where it comes from. What is here of a Maven artifact is put aside meanwhile, or
     * it would be found instead; it is taken if nothing else can be had.
     */
    Fetched renew(ArtifactUri uri, Source source) throws IOException {
        Path file = uri.mavenPath().map(maven::resolve).orElse(folder);
        if (!Files.isRegularFile(file)) {
            return put(uri, source);
        }
        Path aside = Files.move(file, file.resolveSibling(file.getFileName() + ".old"), StandardCopyOption.ATOMIC_MOVE);
        try {
            return put(uri, source);
        } catch (IOException e) {
            return put(uri, () -> Files.newInputStream(aside));
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /** Takes a feature repository whose URIs have been replaced. */
    Path putRepository(String name, byte[] xml) throws IOException {
        Fingerprint fingerprint = Fingerprint.of(new ByteArrayInputStream(xml));
        Path file = repositories.resolve(fingerprint.sha256()).resolve(name);
        if (!Files.exists(file)) {
            Files.createDirectories(folder);
            Path temporary = Files.createTempFile(folder, "arriving-", ".tmp");
            Files.write(temporary, xml);
            move(temporary, file);
        }
        return file;
    }

    private Path path(ArtifactUri uri, Fingerprint fingerprint) {
        return uri.mavenPath().map(maven::resolve).orElseGet(() -> files.resolve(fingerprint.sha256())
                .resolve(uri.fileName()));
    }

    private static void move(Path temporary, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Deletes all files but some. */
    void keepOnly(Collection<Path> kept) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Set<Path> keep = new HashSet<>(kept);
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                if (!keep.contains(file)) {
                    Files.delete(file);
                }
            }
        }
    }
}
