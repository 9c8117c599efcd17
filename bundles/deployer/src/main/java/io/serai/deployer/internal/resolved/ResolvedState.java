package io.serai.deployer.internal.resolved;

import io.serai.api.state.Author;
import io.serai.api.state.BlobId;
import io.serai.api.state.Change;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.Revision;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the state says of what was resolved. A list is removed when the state has the artifact no more in that version, a
 * content when no list names it. All nodes come to the same conclusion, so any of them may write it down.
 */
final class ResolvedState {
    // each attempt but the first means that the state has changed meanwhile
    private static final int ATTEMPTS = 5;

    private final StateRepository repository;
    private final Author author;
    // read anew when the head has moved
    private @Nullable Lists known;

    /** The lists of one commit. */
    private record Lists(CommitId commit, SortedMap<BlobId, ResolvedList> byArtifact) {}

    ResolvedState(StateRepository repository, Author author) {
        this.repository = repository;
        this.author = author;
    }

    /** Returns which bytes a URI has, as the list of an artifact says, or else another one. */
    Optional<Fingerprint> find(String uri, BlobId artifact) throws IOException {
        Lists lists = lists(repository.head());
        Fingerprint own = lists.byArtifact()
                .getOrDefault(artifact, ResolvedList.EMPTY)
                .artifacts()
                .get(uri);
        return own != null
                ? Optional.of(own)
                : lists.byArtifact().values().stream()
                        .map(list -> Optional.ofNullable(list.artifacts().get(uri)))
                        .flatMap(Optional::stream)
                        .findFirst();
    }

    /** Returns whether some node has recorded what an artifact resolved to. */
    boolean has(BlobId artifact) {
        return repository.head().files().containsKey(ResolvedPaths.list(artifact));
    }

    /** Returns whether the list of an artifact names all of some URIs. */
    boolean names(BlobId artifact, Set<String> uris) throws IOException {
        return lists(repository.head())
                .byArtifact()
                .getOrDefault(artifact, ResolvedList.EMPTY)
                .artifacts()
                .keySet()
                .containsAll(uris);
    }

    /** Returns the bytes; empty if the state does not have them, as after a merge with a part that dropped them. */
    Optional<Content> content(Fingerprint fingerprint) {
        return repository.head().content(ResolvedPaths.content(fingerprint));
    }

    /**
     * Returns the bytes that a URI had when the state last had an artifact in this version, which has been brought back
     * since; empty if it never had it. The history is searched, which may take a second.
     */
    Optional<Content> past(String uri, BlobId artifact) throws IOException {
        StatePath list = ResolvedPaths.list(artifact);
        try {
            List<Revision> log = repository.log(Optional.of(list), 1);
            if (log.isEmpty() || log.get(0).parents().isEmpty()) {
                return Optional.empty();
            }
            Snapshot before = repository.at(log.get(0).parents().get(0));
            Optional<Content> content = before.content(list);
            if (content.isEmpty()) {
                return Optional.empty();
            }
            try (InputStream in = content.get().open()) {
                return Optional.ofNullable(ResolvedList.read(in).artifacts().get(uri))
                        .flatMap(fingerprint -> before.content(ResolvedPaths.content(fingerprint)));
            }
        } catch (StateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** What an artifact resolved to here. */
    record Resolved(StatePath path, BlobId artifact, Map<String, ResolvedFiles.Fetched> uris) {}

    /**
     * Adds to the state what it does not have of it, and removes what nobody needs any more.
     *
     * @return what is wrong if other bytes have been recorded meanwhile; nothing is changed then
     */
    Optional<String> record(Resolved resolved, boolean tidy) throws StateException, IOException {
        for (int attempt = 1; ; attempt++) {
            Snapshot head = repository.head();
            Optional<String> difference = difference(resolved);
            if (difference.isPresent()) {
                return difference;
            }
            try {
                Map<StatePath, Content> additions = additions(head, resolved);
                if (tidy || !additions.isEmpty()) {
                    commit(head, additions, message(resolved));
                }
                return Optional.empty();
            } catch (StateException e) {
                if (e.reason() != Reason.CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Removes what nobody needs any more. */
    void tidy(StatePath gone) throws StateException, IOException {
        commit(repository.head(), Map.of(), "Dropped what " + gone + " resolved to");
    }

    private static String message(Resolved resolved) {
        int artifacts = resolved.uris().size();
        return "Recorded what " + resolved.path() + " resolved to: artifacts=" + artifacts;
    }

    private Optional<String> difference(Resolved resolved) throws IOException {
        for (Map.Entry<String, ResolvedFiles.Fetched> each : resolved.uris().entrySet()) {
            Fingerprint here = each.getValue().fingerprint();
            Optional<Fingerprint> recorded = find(each.getKey(), resolved.artifact());
            if (recorded.isPresent() && !recorded.get().equals(here)) {
                return Optional.of(differs(each.getKey(), recorded.get(), here));
            }
        }
        return Optional.empty();
    }

    /** Says that a URI has other bytes, and what to do. */
    static String differs(String uri, Fingerprint recorded, Fingerprint found) {
        return uri + " has the " + found + ", but what all nodes are to run has the " + recorded
                + ". What was resolved first counts; to have the other one, give it a new version or URI,"
                + " or uninstall the feature and install it again";
    }

    private Map<StatePath, Content> additions(Snapshot head, Resolved resolved) throws IOException {
        Map<StatePath, Content> puts = new HashMap<>();
        if (resolved.uris().isEmpty() || !artifacts(head).contains(resolved.artifact())) {
            return puts; // nothing came from outside, or the artifact has changed meanwhile
        }
        ResolvedList before = lists(head).byArtifact().getOrDefault(resolved.artifact(), ResolvedList.EMPTY);
        SortedMap<String, Fingerprint> artifacts = new TreeMap<>(before.artifacts());
        resolved.uris().forEach((uri, fetched) -> artifacts.put(uri, fetched.fingerprint()));
        if (!artifacts.equals(before.artifacts())) {
            puts.put(ResolvedPaths.list(resolved.artifact()), Content.of(new ResolvedList(artifacts).toYaml()));
        }
        resolved.uris().values().forEach(fetched -> {
            StatePath path = ResolvedPaths.content(fetched.fingerprint());
            if (!head.files().containsKey(path)) {
                Path file = fetched.file();
                puts.put(path, Content.of(file));
            }
        });
        return puts;
    }

    private void commit(Snapshot head, Map<StatePath, Content> puts, String message)
            throws StateException, IOException {
        Set<StatePath> removals = garbage(head, puts);
        if (!puts.isEmpty() || !removals.isEmpty()) {
            repository.commit(new Change(puts, removals, author, message, Optional.of(head.commit())));
        }
    }

    /** Returns the lists of artifacts that are not there, and the contents that no other list will name. */
    private Set<StatePath> garbage(Snapshot head, Map<StatePath, Content> puts) throws IOException {
        Set<BlobId> artifacts = artifacts(head);
        Set<StatePath> named = new HashSet<>(puts.keySet());
        lists(head).byArtifact().forEach((artifact, list) -> {
            if (artifacts.contains(artifact)) {
                named.add(ResolvedPaths.list(artifact));
                list.artifacts().values().forEach(each -> named.add(ResolvedPaths.content(each)));
            }
        });
        for (Map.Entry<StatePath, Content> put : puts.entrySet()) {
            if (!ResolvedPaths.isContent(put.getKey())) {
                try (InputStream in = put.getValue().open()) {
                    ResolvedList.read(in).artifacts().values().forEach(each -> named.add(ResolvedPaths.content(each)));
                }
            }
        }
        Set<StatePath> garbage = new HashSet<>(head.files().keySet());
        garbage.removeIf(path -> !path.isBelow(ResolvedPaths.FOLDER) || named.contains(path));
        return garbage;
    }

    /** Returns the contents of everything that people and programs have put into the state. */
    private static Set<BlobId> artifacts(Snapshot head) {
        Set<BlobId> artifacts = new HashSet<>();
        head.files().forEach((path, blob) -> {
            if (!path.isBelow(ResolvedPaths.FOLDER)) {
                artifacts.add(blob);
            }
        });
        return artifacts;
    }

    private Lists lists(Snapshot head) throws IOException {
        Lists lists = known;
        if (lists == null || !lists.commit().equals(head.commit())) {
            lists = read(head);
            known = lists;
        }
        return lists;
    }

    private static Lists read(Snapshot head) throws IOException {
        SortedMap<BlobId, ResolvedList> lists =
                new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
        for (StatePath path : head.files().keySet()) {
            Optional<BlobId> artifact = ResolvedPaths.artifact(path);
            Optional<Content> content = artifact.isPresent() ? head.content(path) : Optional.empty();
            if (artifact.isPresent() && content.isPresent()) {
                try (InputStream in = content.get().open()) {
                    lists.put(artifact.get(), ResolvedList.read(in));
                }
            }
        }
        return new Lists(head.commit(), lists);
    }
}
