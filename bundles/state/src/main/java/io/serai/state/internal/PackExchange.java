package io.serai.state.internal;

import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StateReplica;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevFlag;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.PackParser;

/** Gives objects to other repositories, and takes objects of theirs, as packs. */
final class PackExchange {
    private static final FilterSpec SMALL = small();

    private final GitStore store;

    PackExchange(GitStore store) {
        this.store = store;
    }

    private static FilterSpec small() {
        try {
            return FilterSpec.fromFilterLine("blob:limit=" + StateReplica.LARGE_BYTES);
        } catch (PackProtocolException e) {
            throw new IllegalStateException("Git defines this filter", e);
        }
    }

    boolean has(CommitId commit) throws IOException {
        return store.has(ObjectId.fromString(commit.value()));
    }

    /**
     * Writes what is in the history of a commit, but not in that of commits that are known. Large contents are left out, and
     * those that are gone, of which a list comes first.
     */
    void write(CommitId commit, Set<CommitId> known, OutputStream out) throws StateException, IOException {
        Set<ObjectId> have = new HashSet<>();
        for (CommitId each : known) {
            if (has(each)) {
                have.add(ObjectId.fromString(each.value()));
            }
        }
        ObjectId want = store.commit(commit).copy();
        try (ObjectReader reader = store.reader();
                PackWriter writer = new PackWriter(store.repository(), reader)) {
            Map<ObjectId, Instant> gone = new HashMap<>();
            writer.setUseBitmaps(false);
            writer.setDeltaBaseAsOffset(true);
            writer.setThin(have.size() == known.size() && followsNewest(reader, want, have));
            writer.setFilterSpec(SMALL);
            writer.excludeObjects(new GoneContents(store, reader, gone));
            writer.preparePack(NullProgressMonitor.INSTANCE, Set.of(want), have);
            GoneList.write(gone, out);
            writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, out);
        }
    }

    /**
     * Returns whether what is new follows the newest of the commits that are known, whose contents are all there: of those
     * before it the other one may have dropped what a delta is to be made of.
     */
    private static boolean followsNewest(ObjectReader reader, ObjectId want, Set<ObjectId> have) throws IOException {
        Set<ObjectId> boundary = new HashSet<>();
        try (RevWalk walk = new RevWalk(reader)) {
            walk.setRetainBody(false);
            walk.sort(RevSort.BOUNDARY);
            walk.markStart(walk.parseCommit(want));
            for (ObjectId each : have) {
                walk.markUninteresting(walk.parseCommit(each));
            }
            for (RevCommit each : walk) {
                if (each.has(RevFlag.UNINTERESTING)) {
                    boundary.add(each.copy());
                }
            }
        }
        return boundary.size() == 1 && have.containsAll(boundary) && containsAll(reader, boundary, have);
    }

    private static boolean containsAll(ObjectReader reader, Set<ObjectId> newest, Set<ObjectId> have)
            throws IOException {
        try (RevWalk walk = new RevWalk(reader)) {
            walk.setRetainBody(false);
            for (ObjectId each : have) {
                walk.markStart(walk.parseCommit(each));
            }
            for (ObjectId each : newest) {
                walk.markUninteresting(walk.parseCommit(each));
            }
            return walk.next() == null;
        }
    }

    /** Takes a pack in; it is on the disk when this returns. */
    void read(InputStream in) throws StateException, IOException {
        try (ObjectInserter inserter = store.repository().newObjectInserter()) {
            InputStream buffered = new BufferedInputStream(in);
            Map<ObjectId, Instant> gone = GoneList.read(buffered);
            PackParser parser = inserter.newPackParser(buffered);
            parser.setAllowThin(true);
            parser.parse(NullProgressMonitor.INSTANCE); // which forces the pack and its index, not their names
            store.forcePacks();
            store.dropped().add(gone);
        } catch (MissingObjectException | CorruptObjectException | TransportException | EOFException e) {
            throw new StateException(
                    Reason.INVALID, "What was received is not a whole pack: " + e.getMessage() + "; send it again", e);
        }
    }
}
