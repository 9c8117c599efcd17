package io.serai.deployer.internal.features;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.ArtifactHandler;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.StatePath;
import io.serai.deployer.internal.handler.NodeHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.kar.KarService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Installs what {@code features.yaml}, feature repositories and {@code .kar} archives ask for, by Karaf's own services.
 * Waits until the features that the node starts with are there, so that they are never mistaken for somebody's wish.
 */
@Component(service = {ArtifactHandler.class, FeatureHandler.class})
public final class FeatureHandler implements NodeHandler {
    /** Where the state says which features the nodes have. */
    static final StatePath LIST = new StatePath("features.yaml");

    // a feature may have to be downloaded
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String KAR = ".kar";

    private final KarService kars;
    private final FeatureInstaller installer;
    private final Path folder;
    private final Set<StatePath> applied = ConcurrentHashMap.newKeySet();
    private final AtomicInteger archivesUnderWay = new AtomicInteger();

    /** Reads what artifacts held before the node stopped. */
    @Activate
    public FeatureHandler(
            BundleContext context,
            @Reference FeaturesService features,
            @Reference KarService kars,
            @Reference BootFinished boot)
            throws IOException {
        this.kars = kars;
        this.folder = Files.createDirectories(context.getDataFile("features").toPath());
        this.installer = new FeatureInstaller(features, new FeatureRecord(folder.resolve("held.json")));
    }

    @Override
    public String description() {
        return "feature repositories (.xml), Karaf archives (.kar)";
    }

    @Override
    public boolean handles(StatePath path) {
        return path.equals(LIST)
                || (path.isBelow("deploy")
                        && (path.value().endsWith(".xml") || path.value().endsWith(KAR))
                        && !path.value().endsWith(".camel.xml"));
    }

    @Override
    public Duration limit(Duration usual) {
        return LIMIT;
    }

    @Override
    public String apply(Artifact artifact) throws DeploymentException {
        StatePath path = artifact.path();
        applied.add(path);
        if (path.equals(LIST)) {
            FeatureList list = FeatureList.read(artifact.content());
            installer.hold(path, list);
            return list.features().size() + " features";
        }
        return path.value().endsWith(KAR) ? applyArchive(artifact) : applyRepository(artifact);
    }

    private String applyRepository(Artifact artifact) throws DeploymentException {
        URI uri = file(artifact, ".xml").toUri();
        List<String> automatic = installer.automatic(uri);
        installer.hold(artifact.path(), new FeatureList(List.of(uri.toString()), automatic));
        return automatic.isEmpty() ? "feature repository" : "features " + String.join(", ", automatic);
    }

    private String applyArchive(Artifact artifact) throws DeploymentException {
        Path file = file(artifact, KAR);
        String name = archiveName(file);
        archivesUnderWay.incrementAndGet();
        try {
            if (!kars.list().contains(name)) {
                uninstallArchives(artifact.path(), name);
                kars.install(file.toUri());
            }
            return "archive " + artifact.path().fileName();
        } catch (Exception e) {
            // the archive service throws Exception and nothing narrower
            throw new DeploymentException(
                    Reason.UNSATISFIED,
                    artifact.path().fileName() + " cannot be installed: " + e.getMessage() + ".",
                    e);
        }
    }

    @Override
    public void remove(StatePath path) throws DeploymentException {
        applied.remove(path);
        if (!path.value().endsWith(KAR)) {
            installer.hold(path, FeatureList.EMPTY);
            return;
        }
        archivesUnderWay.incrementAndGet();
        try {
            uninstallArchives(path, "");
        } catch (Exception e) {
            throw new DeploymentException(
                    Reason.IO, path.fileName() + " cannot be uninstalled: " + e.getMessage() + ".", e);
        } finally {
            archivesUnderWay.decrementAndGet();
        }
    }

    @Override
    public void cleanUp() {
        // the deployer has applied everything there is by now, so what else is held came with artifacts that are gone
        try {
            installer.keepOnly(applied);
        } catch (DeploymentException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns whether an artifact holds a feature of that name. */
    boolean holdsFeature(String name) {
        return installer.holdsFeature(name);
    }

    /** Returns whether a repository is one that an artifact is. */
    boolean isArtifact(String repository) {
        return repository.startsWith(folder.toUri().toString());
    }

    /** Returns whether Karaf does now what an archive asks for. */
    boolean archiveUnderWay() {
        return archivesUnderWay.get() > 0;
    }

    /** Uninstalls the versions of an archive, but for the one of a name. */
    private void uninstallArchives(StatePath path, String but) throws Exception {
        String prefix = archiveName(Path.of(path.fileName())) + "-";
        for (String installed : kars.list()) {
            if (installed.matches("\\Q" + prefix + "\\E[0-9a-f]{40}") && !installed.equals(but)) {
                kars.uninstall(installed);
            }
        }
    }

    private static String archiveName(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - KAR.length());
    }

    /** Writes the content where Karaf finds it again after a restart; its name says which content it is. */
    private Path file(Artifact artifact, String suffix) throws DeploymentException {
        String name = artifact.path().fileName();
        Path file = folder.resolve(name.substring(0, name.length() - suffix.length()) + "-" + artifact.blob() + suffix);
        if (Files.exists(file)) {
            return file;
        }
        try (InputStream in = artifact.content().open()) {
            Path temporary = folder.resolve(artifact.blob() + ".tmp");
            Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
            return Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new DeploymentException(Reason.IO, "Cannot unpack " + artifact.path() + ": " + e.getMessage(), e);
        }
    }
}
