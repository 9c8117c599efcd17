package io.serai.deployer.internal.features;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.ArtifactHandler;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import io.serai.deployer.internal.handler.NodeHandler;
import io.serai.deployer.internal.resolved.ResolvedArtifacts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.FeaturesService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs what {@code features.yaml}, feature repositories and {@code .kar} archives ask for, by Karaf's feature service.
 * Waits until the features that the node starts with are there, so that they are never mistaken for somebody's wish.
 */
@Component(service = {ArtifactHandler.class, FeatureHandler.class})
public final class FeatureHandler implements NodeHandler {
    private static final Logger LOG = LoggerFactory.getLogger(FeatureHandler.class);

    /** Where the state says which features the nodes have. */
    static final StatePath LIST = new StatePath("features.yaml");

    // a feature may have to be downloaded
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String XML = ".xml";
    private static final String NONE = "none";
    private static final String KAR = FeatureArchives.SUFFIX;

    private final FeatureArchives archives;
    private final FeatureInstaller installer;
    private final ResolvedArtifacts resolved;
    private final OtherNodes others;
    private final Path folder;
    private final Set<StatePath> applied = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private final Set<StatePath> complete = new HashSet<>(); // guarded by lock

    /** Reads what artifacts held before the node stopped. */
    @Activate
    public FeatureHandler(
            BundleContext context,
            @Reference FeaturesService features,
            @Reference StateRepository repository,
            @Reference OtherNodes others,
            @Reference BootFinished boot)
            throws IOException {
        this.others = others;
        Path unpacked = Path.of(context.getProperty("karaf.data"), "kar");
        this.archives = new FeatureArchives(unpacked);
        this.folder = Files.createDirectories(context.getDataFile("features").toPath());
        this.resolved = ResolvedArtifacts.of(context, repository, List.of(folder, unpacked));
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
        applied.add(artifact.path()); // before it waits for its turn, or what it held before would be cleaned up
        synchronized (lock) {
            boolean recorded = resolved.isRecorded(artifact.blob());
            try {
                return deliver(artifact);
            } catch (DeploymentException e) {
                boolean other = !recorded && e.reason() == Reason.IO;
                if (other && others.await(artifact, () -> resolved.isRecorded(artifact.blob()))) {
                    return deliver(artifact);
                }
                throw e;
            }
        }
    }

    private String deliver(Artifact artifact) throws DeploymentException {
        StatePath path = artifact.path();
        Delivery delivery = new Delivery(artifact, resolved);
        String held = path.equals(LIST)
                ? applyList(artifact, delivery)
                : path.value().endsWith(KAR) ? applyArchive(artifact, delivery) : applyRepository(artifact, delivery);
        Optional<String> difference = delivery.record(others);
        if (difference.isPresent()) {
            LOG.warn(
                    "Features were made of other bytes than on another node: path={}, reason={}",
                    path,
                    difference.get());
            // bundles of one version and another content: Karaf takes what was recorded only if these are gone
            installer.release(path);
            throw new DeploymentException(Reason.IO, path.fileName() + ": " + difference.get() + ".", null);
        }
        complete.add(path);
        others.forget(path);
        return held;
    }

    private String applyList(Artifact artifact, Delivery delivery) throws DeploymentException {
        FeatureList asked = FeatureList.read(artifact.content());
        FeatureList list = new FeatureList(delivery.repositories(asked.repositories()), asked.features());
        installer.hold(artifact.path(), list, delivery);
        return list.features().isEmpty() ? "no feature" : "features " + String.join(", ", list.features());
    }

    private String applyRepository(Artifact artifact, Delivery delivery) throws DeploymentException {
        List<String> repository =
                delivery.repositories(List.of(file(artifact).toUri().toString()));
        List<String> automatic = installer.automatic(artifact.path(), repository, false);
        installer.hold(artifact.path(), new FeatureList(repository, automatic), delivery);
        return automatic.isEmpty() ? "feature repository" : "features " + String.join(", ", automatic);
    }

    private String applyArchive(Artifact artifact, Delivery delivery) throws DeploymentException {
        FeatureArchives.Holding holding = archives.unpack(artifact);
        try {
            return install(artifact, holding, delivery);
        } catch (DeploymentException e) {
            archives.discard(artifact);
            throw e;
        }
    }

    private String install(Artifact artifact, FeatureArchives.Holding holding, Delivery delivery)
            throws DeploymentException {
        StatePath path = artifact.path();
        List<String> repositories = delivery.repositories(holding.repositories());
        List<String> automatic = holding.automatic() ? installer.automatic(path, repositories, true) : List.of();
        FeatureList before = installer.held(path);
        if (!before.repositories().equals(repositories) && !Collections.disjoint(before.features(), automatic)) {
            // bundles of one URL and another content: Karaf takes the new ones only if the old ones are gone
            installer.release(path);
            archives.delete(path, artifact.blob().value());
        }
        installer.hold(path, new FeatureList(repositories, automatic), delivery);
        archives.delete(path, artifact.blob().value());
        return (automatic.isEmpty() ? "feature repository" : "features " + String.join(", ", automatic))
                + (holding.resources() ? "; resources of an archive are not copied, deploy them as .cfg files" : "");
    }

    @Override
    public void remove(StatePath path) throws DeploymentException {
        applied.remove(path);
        synchronized (lock) {
            complete.remove(path);
            others.forget(path);
            installer.release(path);
            if (path.value().endsWith(KAR)) {
                archives.delete(path, NONE);
            }
            if (others.leads()) {
                resolved.gone(path);
            }
        }
    }

    @Override
    public void cleanUp() {
        synchronized (lock) {
            // the deployer has applied everything there is by now, so what else is held came with artifacts that are
            // gone
            try {
                for (StatePath gone : installer.keepOnly(applied)) {
                    if (gone.value().endsWith(KAR)) {
                        archives.delete(gone, NONE);
                    }
                }
                if (complete.equals(applied)) { // what failed may go on with what it had before
                    resolved.keepUsed();
                }
            } catch (DeploymentException | IOException e) {
                throw new IllegalStateException(e);
            }
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
                || archives.isIn(repository)
                || (resolved.isHere(repository) && isArtifact(resolved.origin(repository)));
    }

    /** Returns the URI that people know a repository by. */
    String asked(String repository) {
        return resolved.origin(repository);
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
