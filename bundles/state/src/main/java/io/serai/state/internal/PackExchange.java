package io.serai.state.internal;

import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StateReplica;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
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
        try (ObjectReader reader = store.reader()) {
            return reader.has(ObjectId.fromString(commit.value()));
        }
    }

    /** Writes what is in the history of a commit, but not in that of commits that are known; large contents are left out. */
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
            writer.setUseBitmaps(false);
            writer.setDeltaBaseAsOffset(true);
            writer.setThin(true);
            writer.setFilterSpec(SMALL);
            writer.preparePack(NullProgressMonitor.INSTANCE, Set.of(want), have);
            writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, out);
        }
    }

    /** Takes a pack in; it is on the disk when this returns. */
    void read(InputStream in) throws StateException, IOException {
        try (ObjectInserter inserter = store.repository().newObjectInserter()) {
            PackParser parser = inserter.newPackParser(in);
            parser.setAllowThin(true);
            parser.parse(NullProgressMonitor.INSTANCE); // which forces the pack and its index, not their names
            store.forcePacks();
        } catch (CorruptObjectException | TransportException | EOFException e) {
            throw new StateException(
                    Reason.INVALID, "What was received is not a whole pack: " + e.getMessage() + "; send it again", e);
        }
    }
}
