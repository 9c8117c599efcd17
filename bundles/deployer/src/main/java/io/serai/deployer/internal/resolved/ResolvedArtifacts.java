package io.serai.deployer.internal.resolved;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.Author;
import io.serai.api.state.BlobId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;

/**
 * Has what one node resolved travel to the others. For one thread at a time, but for {@link #isHere} and {@link #origin}.
 */
public final class ResolvedArtifacts {
    private static final String FOLDER = "resolved";
    private static final String FACE = "node";

    private final ResolvedState state;
    private final ResolvedFiles files;
    private final Surroundings surroundings;
    private final Origins origins;
    private final Set<Path> used = new HashSet<>();
    private final Map<String, String> asked = new ConcurrentHashMap<>();

    ResolvedArtifacts(ResolvedState state, ResolvedFiles files, Surroundings surroundings, Origins origins) {
        this.state = state;
        this.files = files;
        this.surroundings = surroundings;
        this.origins = origins;
    }

    /**
     * Returns those of a node.
     *
     * @param own folders whose files come from the state
     */
    public static ResolvedArtifacts of(BundleContext context, StateRepository repository, List<Path> own) {
        Path data = Path.of(context.getProperty("karaf.data"));
        String node = context.getProperty("serai.node");
        String system = context.getProperty("karaf.default.repository");
        return new ResolvedArtifacts(
                new ResolvedState(repository, new Author(node == null ? FACE : node, FACE)),
                new ResolvedFiles(data.resolve(FOLDER)),
                new Surroundings(
                        Path.of(context.getProperty("karaf.home")).resolve(system == null ? "system" : system),
                        data.resolve("kar"),
                        own),
                new UrlOrigins());
    }

    /** Returns whether some node has recorded what an artifact resolved to. */
    public boolean isRecorded(BlobId artifact) {
        return state.has(artifact);
    }

    /** Begins to bring what an artifact needs. */
    public Resolution begin(Artifact artifact) {
        return new Resolution(artifact, state, files, surroundings, origins);
    }

    /** Takes note of what feature repositories are replaced by. */
    public void took(Resolution resolution) {
        resolution.replaced().forEach((uri, replacement) -> {
            if (!uri.equals(replacement)) {
                asked.put(replacement, uri);
            }
        });
        used.addAll(resolution.files());
    }

    /** Takes note that an artifact is gone: what it alone had resolved to goes, too. */
    public void gone(StatePath path) throws DeploymentException {
        try {
            state.tidy(path);
        } catch (StateException | IOException e) {
            throw new DeploymentException(Reason.IO, "Cannot drop what " + path + " resolved to: " + e.getMessage(), e);
        }
    }

    /** Deletes the files that nothing has used since this node started. */
    public void keepUsed() throws IOException {
        files.keepOnly(used);
    }

    /** Returns whether a URI is that of a file here. */
    public boolean isHere(String uri) {
        return files.isHere(uri);
    }

    /** Returns the URI that a feature repository was asked for by. */
    public String origin(String uri) {
        return asked.getOrDefault(uri, uri);
    }
}
