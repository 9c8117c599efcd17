package io.serai.cluster.internal.replication;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StateReplica;
import io.serai.cluster.internal.message.Answer;
import io.serai.cluster.internal.message.Frame;
import io.serai.cluster.internal.message.Request;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Gives packs and large contents to others, a piece at a time: a pack that is longer than a piece waits in a file until it
 * has been taken.
 */
public final class Supply implements AutoCloseable {
    /** The length of a piece: some dozen messages of the transport, so that few answers keep a connection busy. */
    static final int PIECE_BYTES = 512 * 1024;

    private static final Duration IDLE = Duration.ofMinutes(1);

    private final StateReplica replica;
    private final LongSupplier nanoTime;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Transfer> transfers = new ConcurrentHashMap<>();
    private final Map<UUID, Long> servedNanos = new ConcurrentHashMap<>();

    private record Transfer(Spool spool, AtomicLong usedNanos) {}

    /** Makes one that has nothing to give yet. */
    public Supply(StateReplica replica, LongSupplier nanoTime) {
        this.replica = replica;
        this.nanoTime = nanoTime;
    }

    /** Begins to give a pack. */
    public Frame<Answer> open(UUID to, Request.Pack request) throws StateException, IOException {
        serving(to);
        expire();
        Set<CommitId> known = request.known().stream().map(CommitId::new).collect(Collectors.toSet());
        Spool spool = new Spool(PIECE_BYTES);
        try {
            replica.write(new CommitId(request.commit()), known, spool);
            long number = spool.size() > PIECE_BYTES ? numbers.incrementAndGet() : 0;
            Frame<Answer> answer = new Frame<>(Answer.pack(spool.size(), number), spool.read(0, PIECE_BYTES));
            if (number > 0) {
                transfers.put(number, new Transfer(spool, new AtomicLong(nanoTime.getAsLong())));
            } else {
                spool.close();
            }
            return answer;
        } catch (StateException | IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    /** Gives a part of a large content. */
    public Frame<Answer> part(UUID to, Request.Part request) throws StateException {
        serving(to);
        BlobId content = new BlobId(request.content());
        byte[] part = replica.read(content, request.offset(), PIECE_BYTES);
        return new Frame<>(Answer.part(replica.size(content)), ByteBuffer.wrap(part));
    }

    /** Returns whether another node has asked for something within a time. */
    boolean served(UUID to, Duration within) {
        Long last = servedNanos.get(to);
        return last != null && nanoTime.getAsLong() - last < within.toNanos();
    }

    private void serving(UUID to) {
        servedNanos.put(to, nanoTime.getAsLong());
    }

    /** Gives a piece; the transfer ends when nobody has asked for one for a minute. */
    public Frame<Answer> piece(UUID to, Request.Piece request) throws StateException, IOException {
        serving(to);
        Transfer transfer = transfers.get(request.transfer());
        if (transfer == null) {
            throw new StateException(
                    Reason.NOT_FOUND, "Transfer " + request.transfer() + " is over; begin a new one", null);
        }
        transfer.usedNanos().set(nanoTime.getAsLong());
        ByteBuffer piece = transfer.spool().read(request.offset(), PIECE_BYTES);
        return new Frame<>(Answer.done(), piece);
    }

    private void expire() {
        long now = nanoTime.getAsLong();
        servedNanos.values().removeIf(last -> now - last > IDLE.toNanos());
        transfers.values().removeIf(transfer -> {
            boolean idle = now - transfer.usedNanos().get() > IDLE.toNanos();
            if (idle) {
                transfer.spool().close();
            }
            return idle;
        });
    }

    @Override
    public void close() {
        transfers.values().forEach(transfer -> transfer.spool().close());
        transfers.clear();
    }
}
