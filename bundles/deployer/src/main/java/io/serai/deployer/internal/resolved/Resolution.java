package io.serai.deployer.internal.resolved;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.Content;
import io.serai.api.state.StateException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Brings what the features of one artifact need to this node: what the state has recorded, and from where it is published
 * what it has not. So what is installed here is what is recorded, on the first node as on the others.
 */
public final class Resolution {
    private final Artifact artifact;
    private final ResolvedState state;
    private final ResolvedFiles files;
    private final Surroundings surroundings;
    private final Origins origins;
    // what has been brought, by URI
    private final Map<String, ResolvedFiles.Fetched> fetched = new TreeMap<>();
    // what of it was recorded before
    private final Map<String, Fingerprint> fromRecord = new TreeMap<>();
    // what could not be fetched: not tried twice, so that no URI is both left as it was and brought
    private final Map<String, IOException> failures = new HashMap<>();
    // what feature repositories have been replaced by
    private final Map<String, String> replaced = new HashMap<>();

    Resolution(
            Artifact artifact, ResolvedState state, ResolvedFiles files, Surroundings surroundings, Origins origins) {
        this.artifact = artifact;
        this.state = state;
        this.files = files;
        this.surroundings = surroundings;
        this.origins = origins;
    }

    /**
     * Returns the feature repositories to give to Karaf: themselves, or copies of which each URI but those of Maven
     * artifacts is that of a file here. One that is no feature repository is returned as it is, so that Karaf says why.
     *
     * @throws DeploymentException {@code IO} if one cannot be fetched, or is not what was recorded
     */
    public List<String> repositories(List<String> uris) throws DeploymentException {
        List<String> repositories = new ArrayList<>();
        for (String uri : uris) {
            ArtifactUri parsed = ArtifactUri.of(uri);
            if (isElsewhere(parsed)) {
                require(parsed, "feature repository " + uri + " cannot be read", "Correct the URI or make it readable");
            }
            repositories.add(repository(uri));
        }
        return repositories;
    }

    /** Returns whether an artifact has to be brought. */
    private boolean isElsewhere(ArtifactUri uri) {
        return uri.isFetched() && !files.isHere(uri.source()) && !surroundings.have(uri);
    }

    private void require(ArtifactUri uri, String problem, String advice) throws DeploymentException {
        try {
            Path unused = fetch(uri);
        } catch (IOException e) {
            throw new DeploymentException(
                    Reason.IO,
                    artifact.path().fileName() + ": " + problem + ": " + words(e) + ". " + advice
                            + "; it is tried again.",
                    e.toString(),
                    e);
        }
    }

    private String repository(String uri) throws DeploymentException {
        String known = replaced.get(uri);
        if (known != null) {
            return known;
        }
        replaced.put(uri, uri); // repositories may name each other
        String replacement = uri;
        try {
            replacement = replacement(uri);
        } catch (IOException e) {
            // Karaf meets it, too, and says it in its own words
        }
        replaced.put(uri, replacement);
        return replacement;
    }

    private String replacement(String text) throws IOException, DeploymentException {
        ArtifactUri uri = ArtifactUri.of(text);
        boolean own = surroundings.isOwn(text);
        if (!own && !isElsewhere(uri)) {
            return text;
        }
        Path file = own ? Path.of(URI.create(text)) : fetch(uri);
        Optional<byte[]> rewritten = text.endsWith(".json") ? Optional.empty() : rewrite(file);
        if (rewritten.isPresent()) {
            return files.putRepository(uri.fileName(), rewritten.get()).toUri().toString();
        }
        return own || uri.mavenPath().isPresent() ? text : file.toUri().toString();
    }

    private Optional<byte[]> rewrite(Path file) throws IOException, DeploymentException {
        return RepositoryXml.rewrite(Files.readAllBytes(file), new RepositoryXml.Replacement() {
            @Override
            public String repository(String uri) throws DeploymentException {
                return Resolution.this.repository(uri);
            }

            @Override
            public String artifact(String uri) throws DeploymentException {
                return replaceArtifact(uri);
            }
        });
    }

    private String replaceArtifact(String text) throws DeploymentException {
        ArtifactUri uri = ArtifactUri.of(text);
        if (!isElsewhere(uri) || uri.mavenPath().isPresent()) {
            return text;
        }
        try {
            return uri.at(fetch(uri).toUri().toString());
        } catch (IOException e) {
            return text; // it matters only if somebody wants the feature
        }
    }

    /**
     * Makes sure that artifacts are here, under the URIs that the repositories have.
     *
     * @throws DeploymentException {@code IO} if one cannot be fetched, or is not what was recorded; {@code INVALID} if
     *     Karaf would look up which version it is on each node
     */
    public void bring(Collection<String> uris) throws DeploymentException {
        for (String text : uris) {
            ArtifactUri uri = ArtifactUri.of(text);
            if (isElsewhere(uri)) {
                require(uri, uri.source() + " cannot be fetched", "Make it readable for one node at least");
                requireVersion(uri);
            }
        }
    }

    /** In all repositories but those of the distribution, such a URI has been replaced by that of a file by now. */
    private void requireVersion(ArtifactUri uri) throws DeploymentException {
        if (uri.isMoving()) {
            throw new DeploymentException(
                    Reason.INVALID,
                    artifact.path().fileName() + ": " + uri.source() + ", which a feature repository of the"
                            + " distribution has, names no version; each node could come to run another one. Name one"
                            + " there, or a copy of the repository in features.yaml, whose ranges are looked up once.",
                    null);
        }
    }

    private static String words(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.lines().findFirst().orElse(message).replaceAll("[.:\\s]+$", "");
    }

    private Path fetch(ArtifactUri uri) throws IOException, DeploymentException {
        ResolvedFiles.Fetched known = fetched.get(uri.source());
        if (known != null) {
            return known.file();
        }
        IOException failure = failures.get(uri.source());
        if (failure != null) {
            throw failure;
        }
        try {
            ResolvedFiles.Fetched brought = bring(uri);
            fetched.put(uri.source(), brought);
            return brought.file();
        } catch (IOException e) {
            failures.put(uri.source(), e);
            throw e;
        }
    }

    private ResolvedFiles.Fetched bring(ArtifactUri uri) throws IOException, DeploymentException {
        Optional<Fingerprint> before = state.find(uri.source(), artifact.blob());
        before.ifPresent(fingerprint -> fromRecord.put(uri.source(), fingerprint));
        return before.isPresent() ? recorded(uri, before.get()) : renew(uri);
    }

    private ResolvedFiles.Fetched renew(ArtifactUri uri) throws IOException {
        try {
            return files.renew(uri, () -> origins.open(uri.source()));
        } catch (IOException e) {
            // after a rollback the repository may be gone, but the history is not
            Optional<Content> past = state.past(uri.source(), artifact.blob());
            if (past.isEmpty()) {
                throw e;
            }
            return files.put(uri, past.get()::open);
        }
    }

    private ResolvedFiles.Fetched recorded(ArtifactUri uri, Fingerprint recorded)
            throws IOException, DeploymentException {
        Optional<Path> here = files.find(uri, recorded);
        if (here.isPresent()) {
            return new ResolvedFiles.Fetched(here.get(), recorded);
        }
        Optional<Content> content = state.content(recorded);
        ResolvedFiles.Fetched taken = content.isPresent() ? files.put(uri, content.get()::open) : renew(uri);
        if (!taken.fingerprint().equals(recorded)) {
            Files.delete(taken.file());
            throw new DeploymentException(
                    Reason.IO,
                    artifact.path().fileName() + ": "
                            + ResolvedState.differs(uri.source(), recorded, taken.fingerprint()) + ".",
                    null);
        }
        return taken;
    }

    /**
     * Compares what was recorded with where it came from. Maven artifacts are left out: Karaf finds those that were
     * recorded before any other.
     *
     * @throws DeploymentException {@code INVALID} if something has other bytes there now
     */
    public void compare() throws DeploymentException {
        for (Map.Entry<String, Fingerprint> each : fromRecord.entrySet()) {
            String uri = each.getKey();
            Optional<Fingerprint> now =
                    ArtifactUri.of(uri).mavenPath().isPresent() ? Optional.empty() : fingerprint(uri);
            if (now.isPresent() && !now.get().equals(each.getValue())) {
                throw new DeploymentException(
                        Reason.INVALID,
                        artifact.path().fileName() + ": " + ResolvedState.differs(uri, each.getValue(), now.get())
                                + ".",
                        null);
            }
        }
    }

    private Optional<Fingerprint> fingerprint(String uri) {
        try (InputStream in = origins.open(uri)) {
            return Optional.of(Fingerprint.of(in));
        } catch (IOException e) {
            return Optional.empty(); // what is gone cannot be compared, nor installed by hand
        }
    }

    /**
     * Records in the state what was brought, unless it has been.
     *
     * @param tidy whether this node removes what nobody needs any more, even if there is nothing else to write
     * @return what is wrong if another node has recorded other bytes meanwhile
     * @throws DeploymentException {@code IO} if the state cannot be changed
     */
    public Optional<String> record(boolean tidy) throws DeploymentException {
        try {
            return state.record(new ResolvedState.Resolved(artifact.path(), artifact.blob(), fetched), tidy);
        } catch (StateException | IOException e) {
            throw new DeploymentException(
                    Reason.IO,
                    artifact.path().fileName() + " is installed, but what it resolved to cannot be recorded for the"
                            + " other nodes: " + e.getMessage() + " It is tried again.",
                    e);
        }
    }

    /** Returns whether all that was brought has been recorded. */
    public boolean isRecorded() {
        try {
            return state.names(artifact.blob(), fetched.keySet());
        } catch (IOException e) {
            return false; // recording it says what is wrong
        }
    }

    /** Returns the files that are in use. */
    Set<Path> files() {
        Set<Path> used = new HashSet<>();
        fetched.values().forEach(each -> used.add(each.file()));
        replaced.values().stream().filter(files::isHere).forEach(uri -> used.add(Path.of(URI.create(uri))));
        return used;
    }

    /** Returns what feature repositories were replaced by. */
    Map<String, String> replaced() {
        return Map.copyOf(replaced);
    }
}
