package io.serai.cluster.internal.replication;

import io.serai.api.state.StateException;
import io.serai.cluster.internal.message.Answer;
import io.serai.cluster.internal.message.Frame;
import io.serai.cluster.internal.message.Request;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A pack as it comes from another node; asks for the next pieces while one is read. */
final class PackStream extends InputStream {
    private static final int AHEAD = 4;
    private static final Duration PIECE_TIMEOUT = Duration.ofSeconds(10);

    private final Asking asking;
    private final UUID from;
    private final long transfer;
    private final long length;
    private final Deque<CompletableFuture<ByteBuffer>> coming = new ArrayDeque<>();
    private ByteBuffer piece;
    private long askedTo;
    private long offset;

    /** Begins with the answer to a {@link Request.Pack}. */
    PackStream(Asking asking, UUID from, Frame<Answer> first) {
        this.asking = asking;
        this.from = from;
        this.transfer = first.header().transfer();
        this.length = first.header().length();
        this.piece = first.payload();
        this.askedTo = piece.remaining();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int at, int wanted) throws IOException {
        if (wanted == 0) {
            return 0;
        }
        if (!piece.hasRemaining() && !next()) {
            return -1;
        }
        int count = Math.min(wanted, piece.remaining());
        piece.get(bytes, at, count);
        offset += count;
        return count;
    }

    private boolean next() throws IOException {
        if (offset >= length) {
            return false;
        }
        while (askedTo < length && coming.size() < AHEAD) {
            coming.add(asking.send(from, Frame.of(new Request.Piece(transfer, askedTo)), PIECE_TIMEOUT));
            askedTo += Supply.PIECE_BYTES;
        }
        try {
            piece = asking.await(coming.remove()).payload();
        } catch (StateException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (!piece.hasRemaining()) {
            throw new IOException("A transfer ended after " + offset + " of " + length + " bytes");
        }
        return true;
    }
}
