package io.serai.state.internal;

import io.serai.api.state.Author;
import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.state.internal.merge.HistoryMerge;
import io.serai.state.internal.merge.HistoryMerge.Merged;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one history of two. What it writes depends on the two commits alone: author, times and order of the parents are
 * theirs or fixed, so that nodes which join the same two write the same commit.
 */
final class HistoryJoin {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryJoin.class);
    private static final Author AUTHOR = new Author("serai", "merge");
    private static final String NODE = "serai";

    private final GitStore store;
    private final GitGraph graph;
    private final Completeness completeness;

    HistoryJoin(GitStore store, GitGraph graph) {
        this.store = store;
        this.graph = graph;
        this.completeness = new Completeness(store);
    }

    /**
     * Returns the commit that has the histories of both.
     *
     * @return empty if that is the head already
     * @throws StateException {@code NOT_FOUND} if something of the other one is not in the repository
     */
    Optional<RevCommit> join(CommitId head, CommitId other) throws IOException, StateException {
        if (graph.contains(head, other)) {
            return Optional.empty();
        }
        Optional<RevCommit> ahead = ahead(head, other);
        return ahead.isPresent() ? ahead : Optional.of(store.commit(write(HistoryMerge.merge(graph, head, other))));
    }

    /**
     * Returns the other commit, if it is ahead of the head.
     *
     * @throws StateException {@code NOT_FOUND} if something of the other one is not in the repository
     */
    Optional<RevCommit> ahead(CommitId head, CommitId other) throws IOException, StateException {
        completeness.require(other, head);
        boolean ahead = !head.equals(other) && graph.contains(other, head);
        return ahead ? Optional.of(store.commit(other)) : Optional.empty();
    }

    private CommitId write(Merged merged) throws IOException, StateException {
        CommitId first = merged.parents().get(0);
        CommitId second = merged.parents().get(1);
        CommitBuilder commit = new CommitBuilder();
        try (ObjectBatch batch = store.batch(0);
                ObjectReader reader = store.reader()) {
            ObjectId tree = store.commit(first).getTree();
            commit.setTreeId(TreeEdit.apply(reader, batch, tree, difference(graph.files(first), merged.files())));
            commit.setParentIds(ObjectId.fromString(first.value()), ObjectId.fromString(second.value()));
            PersonIdent author = CommitAuthors.toGit(AUTHOR, NODE, later(first, second));
            commit.setAuthor(author);
            commit.setCommitter(author);
            commit.setMessage(MergeMessage.of(merged));
            CommitId id = new CommitId(batch.insert(commit).name());
            LOG.info("Merged histories: commit={}, parents={}, conflicts={}", id, merged.parents(), merged.conflicts());
            return id;
        }
    }

    private Instant later(CommitId first, CommitId second) throws StateException {
        int seconds = Math.max(
                store.commit(first).getCommitTime(), store.commit(second).getCommitTime());
        return Instant.ofEpochSecond(seconds);
    }

    private static SortedMap<StatePath, Optional<BlobId>> difference(
            Map<StatePath, BlobId> before, Map<StatePath, BlobId> after) {
        SortedMap<StatePath, Optional<BlobId>> targets = new TreeMap<>();
        before.keySet().stream()
                .filter(path -> !after.containsKey(path))
                .forEach(path -> targets.put(path, Optional.empty()));
        after.forEach((path, blob) -> {
            if (!blob.equals(before.get(path))) {
                targets.put(path, Optional.of(blob));
            }
        });
        return targets;
    }
}
