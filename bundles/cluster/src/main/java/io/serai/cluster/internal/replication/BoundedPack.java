package io.serai.cluster.internal.replication;

import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StateReplica;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.Set;

/** A pack that is small enough to be sent along with a message. */
final class BoundedPack extends OutputStream {
    /** Above this, each node that lacks it fetches it: some have it already, and a message holds up those behind it. */
    private static final int MAX_BYTES = 1024 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private BoundedPack() {}

    private static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Returns what somebody lacks to have a commit; empty if that is too long. */
    static Optional<byte[]> of(StateReplica replica, CommitId commit, Set<CommitId> known)
            throws StateException, IOException {
        try (BoundedPack pack = new BoundedPack()) {
            replica.write(commit, known, pack);
            return Optional.of(pack.bytes.toByteArray());
        } catch (TooLong e) {
            return Optional.empty();
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (bytes.size() + length > MAX_BYTES) {
            throw new TooLong();
        }
        bytes.write(source, offset, length);
    }
}
