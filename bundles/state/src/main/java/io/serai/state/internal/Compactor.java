package io.serai.state.internal;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.Compaction;
import io.serai.api.state.Compaction.Reason;
import io.serai.api.state.MergeConflict;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.internal.storage.file.PackFile;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Drops contents of old versions. Packs are written anew without them while changes go on; then, while the head stays where
 * it is, what goes is listed and the old packs are deleted, unless a change has come that needs something of it. Whoever is
 * killed meanwhile leaves old packs, new ones or both, and a list that says what may be gone.
 */
final class Compactor {
    // Each attempt but the first means that somebody brought back an old version just now.
    private static final int ATTEMPTS = 3;

    private final GitStore store;
    private final CommitLine line;
    private final OpenConflicts conflicts;
    private final Completeness completeness;

    Compactor(GitStore store, CommitLine line, OpenConflicts conflicts, Completeness completeness) {
        this.store = store;
        this.line = line;
        this.conflicts = conflicts;
        this.completeness = completeness;
    }

    /** What is to go, as of a head. */
    private record Plan(CommitId head, Map<ObjectId, Reason> kept, Map<ObjectId, Set<StatePath>> dropped) {}

    /** Drops what a retention does not keep, or only says what that is. */
    Compaction compact(Retention retention, Instant now, boolean dryRun) throws StateException {
        store.repacking().lock();
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Plan plan = plan(retention, now);
                Compaction compaction = describe(plan);
                if (dryRun || drop(plan, now)) {
                    return compaction;
                }
            }
        } catch (IOException e) {
            throw DiskFailures.explain("compact the state repository", store.directory(), e);
        } finally {
            store.repacking().unlock();
        }
        throw new StateException(
                StateException.Reason.CONFLICT,
                "The state repository " + store.directory()
                        + " was not compacted: changes needed what was about to go; try again later",
                null);
    }

    private Plan plan(Retention retention, Instant now) throws IOException, StateException {
        GitSnapshot head = line.head();
        RetainedContents contents = new RetainedContents(retention);
        try (ObjectReader reader = store.reader()) {
            contents.read(reader, ObjectId.fromString(head.commit().value()), now);
            contents.keep(sides(head.commit()), Reason.CONFLICT);
            contents.keep(underWay(reader, head.commit()), Reason.TRANSFER);
            Map<String, ObjectId> files = new HashMap<>();
            head.files().forEach((path, blob) -> files.put(path.value(), ObjectId.fromString(blob.value())));
            contents.keepHead(files);
            Map<ObjectId, Reason> kept = contents.kept();
            Map<ObjectId, Set<StatePath>> dropped = contents.dropped();
            retainThere(reader, kept.keySet()); // some would be kept, had they not been dropped here or elsewhere
            retainThere(reader, dropped.keySet());
            return new Plan(head.commit(), kept, dropped);
        }
    }

    private static void retainThere(ObjectReader reader, Set<ObjectId> contents) throws IOException {
        for (ObjectId content : Set.copyOf(contents)) {
            if (!reader.has(content)) {
                contents.remove(content);
            }
        }
    }

    private Set<ObjectId> sides(CommitId head) throws IOException, StateException {
        Set<ObjectId> sides = new HashSet<>();
        for (MergeConflict conflict : conflicts.of(head)) {
            for (CommitId side : Set.of(conflict.won(), conflict.lost())) {
                Optional<BlobId> content =
                        Optional.ofNullable(line.at(side).files().get(conflict.path()));
                content.ifPresent(blob -> sides.add(ObjectId.fromString(blob.value())));
            }
        }
        return sides;
    }

    private Set<ObjectId> underWay(ObjectReader reader, CommitId head) throws IOException {
        Set<ObjectId> contents = new HashSet<>();
        for (CommitId commit : completeness.asked()) {
            ObjectId id = ObjectId.fromString(commit.value());
            if (reader.has(id)) {
                contents.addAll(beyond(reader, id, head));
            }
        }
        return contents;
    }

    /** Returns the contents that commits have brought which a head does not contain. */
    private static Set<ObjectId> beyond(ObjectReader reader, ObjectId tip, CommitId head) throws IOException {
        Set<ObjectId> contents = new HashSet<>();
        try (RevWalk walk = new RevWalk(reader)) {
            walk.setRetainBody(false);
            walk.markStart(walk.parseCommit(tip));
            walk.markUninteresting(walk.parseCommit(ObjectId.fromString(head.value())));
            for (RevCommit commit : walk) {
                FileTouch.of(reader, commit).forEach(touch -> contents.add(touch.after()));
            }
        }
        return contents;
    }

    private Compaction describe(Plan plan) throws IOException {
        SortedMap<StatePath, Integer> versions = new TreeMap<>();
        SortedMap<Reason, Integer> kept = new TreeMap<>();
        long bytes = 0;
        int gone = 0;
        try (ObjectReader reader = store.reader()) {
            for (Map.Entry<ObjectId, Set<StatePath>> each : plan.dropped().entrySet()) {
                bytes += reader.getObjectSize(each.getKey(), Constants.OBJ_BLOB);
                each.getValue().forEach(path -> versions.merge(path, 1, Integer::sum));
            }
            for (ObjectId content : store.dropped().all()) {
                gone += reader.has(content) ? 0 : 1;
            }
        }
        plan.kept().values().forEach(reason -> kept.merge(reason, 1, Integer::sum));
        return new Compaction(versions, bytes, kept, gone);
    }

    /** Drops what was planned; returns false, and drops nothing, if something of it is needed since. */
    private boolean drop(Plan plan, Instant now) throws IOException, StateException {
        Set<ObjectId> dropped = plan.dropped().keySet();
        if (dropped.isEmpty()) {
            return true;
        }
        Repacking repacking = Repacking.without(store, dropped);
        Optional<PackFile> written = repacking.write();
        return line.whileStill(() -> {
            if (needs(dropped, plan.head())) {
                return false;
            }
            Map<ObjectId, Instant> listed = new HashMap<>();
            dropped.forEach(content -> listed.put(content, now));
            store.dropped().replace(listed, plan.kept().keySet());
            repacking.delete(written, Instant.MIN);
            return true;
        });
    }

    private boolean needs(Set<ObjectId> dropped, CommitId planned) throws IOException {
        CommitId head = line.head().commit();
        if (head.equals(planned)) {
            return false;
        }
        try (ObjectReader reader = store.reader()) {
            Set<ObjectId> needed = beyond(reader, ObjectId.fromString(head.value()), planned);
            return needed.stream().anyMatch(dropped::contains);
        }
    }
}
