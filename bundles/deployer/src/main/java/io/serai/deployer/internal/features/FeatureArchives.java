package io.serai.deployer.internal.features;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import io.serai.deployer.internal.build.XmlKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Unpacks Karaf archives, each into a folder of its own below the one where {@code mvn:} URLs are looked for. Karaf's own
 * service for archives is not used, because it says nothing of features that it could not install.
 */
final class FeatureArchives {
    static final String SUFFIX = ".kar";

    private static final String REPOSITORY = "repository/";
    private static final String RESOURCES = "resources/";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final Path folder;

    FeatureArchives(Path folder) {
        this.folder = folder;
    }

    /**
     * What an archive holds.
     *
     * @param repositories the URIs of its feature repositories
     * @param automatic whether their features are to be installed
     * @param resources whether it has files that are meant to be copied into the folder of the node
     */
    record Holding(List<String> repositories, boolean automatic, boolean resources) {}

    /** Returns whether a feature repository is one that an archive brought. */
    boolean isIn(String uri) {
        return uri.startsWith(folder.toUri().toString());
    }

    /**
     * Unpacks an archive, unless it has been before.
     *
     * @throws DeploymentException {@code INVALID} if it holds no feature repository, {@code IO} if it cannot be unpacked
     */
    Holding unpack(Artifact artifact) throws DeploymentException {
        String fileName = artifact.path().fileName();
        Path target = folder.resolve(prefix(artifact.path()) + artifact.blob());
        try {
            Holding holding = read(artifact, target, !Files.exists(target));
            if (holding.repositories().isEmpty()) {
                delete(target);
                throw new DeploymentException(
                        Reason.INVALID,
                        fileName + " is refused: it has no features file below " + REPOSITORY
                                + "; make it with the goal features:kar of the karaf-maven-plugin.",
                        null);
            }
            return holding;
        } catch (IOException e) {
            throw new DeploymentException(Reason.IO, "Cannot unpack " + artifact.path() + ": " + e.getMessage(), e);
        }
    }

    private Holding read(Artifact artifact, Path target, boolean write) throws IOException {
        Path temporary = folder.resolve("." + artifact.blob());
        delete(temporary);
        Reading reading = new Reading(write ? temporary : target, write);
        try (ZipInputStream in = new ZipInputStream(artifact.content().open())) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    reading.take(entry.getName(), in);
                }
            }
        }
        if (Files.exists(temporary)) {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        }
        List<String> repositories = reading.features.stream()
                .map(file -> target.resolve(file).toUri().toString())
                .toList();
        return new Holding(repositories, reading.automatic, reading.resources);
    }

    /** What has been found in an archive so far. */
    private static final class Reading {
        final Path root;
        final boolean write;
        final List<String> features = new ArrayList<>();
        boolean automatic = true;
        boolean resources;

        Reading(Path root, boolean write) {
            this.root = root;
            this.write = write;
        }

        void take(String name, InputStream in) throws IOException {
            if (name.equals(MANIFEST)) {
                automatic = !"false".equals(new Manifest(in).getMainAttributes().getValue("Karaf-Feature-Start"));
            } else if (name.startsWith(RESOURCES)) {
                resources = true;
            } else if (name.startsWith(REPOSITORY)) {
                String relative = name.substring(REPOSITORY.length());
                Path file = write ? copy(in, root, relative) : root.resolve(relative);
                if (isFeatures(file)) {
                    features.add(relative);
                }
            }
        }
    }

    private static Path copy(InputStream in, Path root, String relative) throws IOException {
        Path file = root.resolve(relative).normalize();
        if (!file.startsWith(root)) {
            throw new IOException("entry " + relative + " leaves the archive");
        }
        Files.createDirectories(file.getParent());
        Files.copy(in, file);
        return file;
    }

    private static boolean isFeatures(Path file) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".xml")) {
            return false;
        }
        try {
            return XmlKind.of(StatePath.of("deploy", name), Content.of(file)) == XmlKind.FEATURES;
        } catch (DeploymentException e) {
            return false; // such as the maven-metadata.xml that every repository of Maven has
        }
    }

    /** Deletes what is unpacked of one version of an archive. */
    void discard(Artifact artifact) throws DeploymentException {
        try {
            delete(folder.resolve(prefix(artifact.path()) + artifact.blob()));
        } catch (IOException e) {
            throw new DeploymentException(Reason.IO, "Cannot delete what " + artifact.path() + " held: " + e, e);
        }
    }

    /** Deletes what is unpacked of an archive, but for one version of it. */
    void delete(StatePath path, String but) throws DeploymentException {
        String prefix = prefix(path);
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> unpacked = Files.newDirectoryStream(folder)) {
            for (Path each : unpacked) {
                String name = each.getFileName().toString();
                if (name.matches("\\Q" + prefix + "\\E[0-9a-f]{40}") && !name.endsWith(but)) {
                    delete(each);
                }
            }
        } catch (IOException e) {
            throw new DeploymentException(Reason.IO, "Cannot delete what " + path + " held: " + e.getMessage(), e);
        }
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String prefix(StatePath path) {
        String name = path.fileName();
        return name.substring(0, name.length() - SUFFIX.length()) + "-";
    }
}
