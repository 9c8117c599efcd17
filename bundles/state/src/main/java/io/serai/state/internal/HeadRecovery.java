package io.serai.state.internal;

import io.serai.api.state.Author;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that the head is a commit of which everything is there: the newest one, if its own reference is lost. */
final class HeadRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(HeadRecovery.class);
    // The same on all nodes, so that histories begun apart have a common commit to merge from.
    private static final Author FIRST_AUTHOR = new Author("serai", "node");
    private static final String FIRST_NODE = "serai";
    private static final String FIRST_MESSAGE = "Create the state";

    private final GitStore store;

    HeadRecovery(GitStore store) {
        this.store = store;
    }

    /**
     * Makes sure of the head.
     *
     * @param lost its reference was unreadable; what stands in its place may be an old one
     */
    void recover(boolean lost) throws IOException {
        ObjectId main = store.readMain();
        boolean absent = main.equals(ObjectId.zeroId());
        if (!absent && !lost && isComplete(main)) {
            return;
        }
        Optional<ObjectId> newest = newestComplete();
        ObjectId target = newest.isPresent() ? newest.get() : writeFirst();
        if (!target.equals(main) && !store.moveMain(main, target)) {
            throw new IOException("Cannot set " + RepositoryLayout.MAIN + ": another program is changing it");
        }
        if (newest.isPresent()) {
            LOG.error(
                    "Recovered the head of the state, whose reference or content was damaged: directory={}, before={}, after={}",
                    store.directory(),
                    main.name(),
                    target.name());
        } else {
            LOG.info("Created the state repository: directory={}, head={}", store.directory(), target.name());
        }
    }

    private ObjectId writeFirst() throws IOException {
        PersonIdent author = CommitAuthors.toGit(FIRST_AUTHOR, FIRST_NODE, Instant.EPOCH);
        try (ObjectBatch batch = store.batch(0)) {
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(batch.insert(new TreeFormatter()));
            commit.setAuthor(author);
            commit.setCommitter(author);
            commit.setMessage(FIRST_MESSAGE);
            return batch.insert(commit);
        }
    }

    private Optional<ObjectId> newestComplete() throws IOException {
        Map<RevCommit, Integer> generations = generations(readCommits());
        List<RevCommit> newestFirst = new ArrayList<>(generations.keySet());
        newestFirst.sort(Comparator.<RevCommit>comparingInt(commit -> generations.getOrDefault(commit, 0))
                .thenComparingInt(RevCommit::getCommitTime)
                .reversed());
        for (RevCommit commit : newestFirst) {
            if (isComplete(commit)) {
                return Optional.of(commit.copy());
            }
        }
        return Optional.empty();
    }

    /** Returns how many commits lie before each one; only of those whose history is there. */
    private static Map<RevCommit, Integer> generations(List<RevCommit> commits) {
        Map<RevCommit, List<RevCommit>> children = new HashMap<>();
        Map<RevCommit, Integer> generations = new HashMap<>();
        Deque<RevCommit> ready = new ArrayDeque<>();
        for (RevCommit commit : commits) {
            for (RevCommit parent : commit.getParents()) {
                children.computeIfAbsent(parent, key -> new ArrayList<>()).add(commit);
            }
            if (commit.getParentCount() == 0) {
                generations.put(commit, 0);
                ready.add(commit);
            }
        }
        while (!ready.isEmpty()) {
            for (RevCommit child : children.getOrDefault(ready.remove(), List.of())) {
                Optional<Integer> generation = generation(child, generations);
                if (generation.isPresent() && generations.put(child, generation.get()) == null) {
                    ready.add(child);
                }
            }
        }
        return generations;
    }

    private static Optional<Integer> generation(RevCommit commit, Map<RevCommit, Integer> generations) {
        int generation = 0;
        for (RevCommit parent : commit.getParents()) {
            Integer before = generations.get(parent);
            if (before == null) {
                return Optional.empty();
            }
            generation = Math.max(generation, before + 1);
        }
        return Optional.of(generation);
    }

    private List<RevCommit> readCommits() throws IOException {
        List<RevCommit> commits = new ArrayList<>();
        try (ObjectReader reader = store.reader();
                RevWalk walk = new RevWalk(reader)) {
            for (ObjectId id : objects()) {
                if (isCommit(reader, id)) {
                    commits.add(walk.parseCommit(id));
                }
            }
        }
        return commits;
    }

    private static boolean isCommit(ObjectReader reader, ObjectId id) {
        try {
            return reader.open(id).getType() == Constants.OBJ_COMMIT;
        } catch (IOException e) {
            LOG.debug("Passed over an unreadable object: id={}", id.name(), e);
            return false;
        }
    }

    private Set<ObjectId> objects() throws IOException {
        Set<ObjectId> ids = new HashSet<>();
        for (Pack pack : store.repository().getObjectDatabase().getPacks()) {
            for (PackIndex.MutableEntry entry : pack) {
                ids.add(entry.toObjectId());
            }
        }
        Path objects = store.directory().resolve("objects");
        try (Stream<Path> files = Files.walk(objects, 2)) {
            files.map(file -> objects.relativize(file)
                            .toString()
                            .replace(file.getFileSystem().getSeparator(), ""))
                    .filter(ObjectId::isId)
                    .forEach(name -> ids.add(ObjectId.fromString(name)));
        }
        return ids;
    }

    private boolean isComplete(ObjectId id) {
        try (ObjectReader reader = store.reader();
                RevWalk walk = new RevWalk(reader);
                TreeWalk tree = new TreeWalk(reader)) {
            RevCommit commit = walk.parseCommit(id);
            for (RevCommit parent : commit.getParents()) {
                walk.parseHeaders(parent);
            }
            tree.addTree(commit.getTree());
            tree.setRecursive(true);
            while (tree.next()) {
                if (!reader.has(tree.getObjectId(0))) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            LOG.debug("Passed over a commit of which something is missing: id={}", id.name(), e);
            return false;
        }
    }
}
