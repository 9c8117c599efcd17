package io.serai.deployer.internal.features;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.ArtifactHandler;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.StatePath;
import io.serai.deployer.internal.handler.NodeHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.FeaturesService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Installs what {@code features.yaml}, feature repositories and {@code .kar} archives ask for, by Karaf's feature service.
 * Waits until the features that the node starts with are there, so that they are never mistaken for somebody's wish.
 */
@Component(service = {ArtifactHandler.class, FeatureHandler.class})
public final class FeatureHandler implements NodeHandler {
    /** Where the state says which features the nodes have. */
    static final StatePath LIST = new StatePath("features.yaml");

    // a feature may have to be downloaded
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String XML = ".xml";
    private static final String NONE = "none";
    private static final String KAR = FeatureArchives.SUFFIX;

    private final FeatureArchives archives;
    private final FeatureInstaller installer;
    private final Path folder;
    private final Set<StatePath> applied = ConcurrentHashMap.newKeySet();

    /** Reads what artifacts held before the node stopped. */
    @Activate
    public FeatureHandler(BundleContext context, @Reference FeaturesService features, @Reference BootFinished boot)
            throws IOException {
        this.archives = new FeatureArchives(Path.of(context.getProperty("karaf.data"), "kar"));
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
                        && (path.value().endsWith(XML) || path.value().endsWith(KAR))
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
            return list.features().isEmpty() ? "no feature" : "features " + String.join(", ", list.features());
        }
        return path.value().endsWith(KAR) ? applyArchive(artifact) : applyRepository(artifact);
    }

    private String applyRepository(Artifact artifact) throws DeploymentException {
        List<String> repository = List.of(file(artifact).toUri().toString());
        List<String> automatic = installer.automatic(artifact.path(), repository, false);
        installer.hold(artifact.path(), new FeatureList(repository, automatic));
        return automatic.isEmpty() ? "feature repository" : "features " + String.join(", ", automatic);
    }

    private String applyArchive(Artifact artifact) throws DeploymentException {
        FeatureArchives.Holding holding = archives.unpack(artifact);
        try {
            return install(artifact, holding);
        } catch (DeploymentException e) {
            archives.discard(artifact);
            throw e;
        }
    }

    private String install(Artifact artifact, FeatureArchives.Holding holding) throws DeploymentException {
        StatePath path = artifact.path();
        List<String> automatic =
                holding.automatic() ? installer.automatic(path, holding.repositories(), true) : List.of();
        FeatureList before = installer.held(path);
        if (!before.repositories().equals(holding.repositories())
                && !Collections.disjoint(before.features(), automatic)) {
            // bundles of one URL and another content: Karaf takes the new ones only if the old ones are gone
            installer.hold(path, FeatureList.EMPTY);
            archives.delete(path, artifact.blob().value());
        }
        installer.hold(path, new FeatureList(holding.repositories(), automatic));
        archives.delete(path, artifact.blob().value());
        return (automatic.isEmpty() ? "feature repository" : "features " + String.join(", ", automatic))
                + (holding.resources() ? "; resources of an archive are not copied, deploy them as .cfg files" : "");
    }

    @Override
    public void remove(StatePath path) throws DeploymentException {
        applied.remove(path);
        installer.hold(path, FeatureList.EMPTY);
        if (path.value().endsWith(KAR)) {
            archives.delete(path, NONE);
        }
    }

    @Override
    public void cleanUp() {
        // the deployer has applied everything there is by now, so what else is held came with artifacts that are gone
        try {
            for (StatePath gone : installer.keepOnly(applied)) {
                if (gone.value().endsWith(KAR)) {
                    archives.delete(gone, NONE);
                }
            }
        } catch (DeploymentException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns whether an artifact holds a feature of that name. */
    boolean holdsFeature(String name) {
        return installer.holdsFeature(name);
    }

    /** Returns whether what happens to a feature now is the work of an artifact. */
    boolean changesFeature(String name) {
        return installer.isChanging(name);
    }

    /** Returns whether a repository is one that an artifact is or has, or that one adds or removes now. */
    boolean isArtifact(String repository) {
        return installer.isChanging(repository)
                || repository.startsWith(folder.toUri().toString())
                || archives.isIn(repository);
    }

    /** Writes the content where Karaf finds it again after a restart; its name says which content it is. */
    private Path file(Artifact artifact) throws DeploymentException {
        String name = artifact.path().fileName();
        Path file = folder.resolve(name.substring(0, name.length() - XML.length()) + "-" + artifact.blob() + XML);
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
