package io.serai.cluster.internal.replication;

import io.serai.api.state.StateException;
import io.serai.cluster.internal.message.Answer;
import io.serai.cluster.internal.message.Frame;
import io.serai.cluster.internal.message.Request;
import io.serai.cluster.internal.transport.Transport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Questions to another node, and what it answers. */
public final class Asking {
    private final Transport transport;

    /** Asks over a transport. */
    public Asking(Transport transport) {
        this.transport = transport;
    }

    /** Asks; does not wait. */
    public <R extends Request> CompletableFuture<ByteBuffer> send(UUID to, Frame<R> question, Duration timeout) {
        try {
            return transport.ask(to, question.encode(), timeout);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Waits for an answer.
     *
     * @throws StateException if the other node has refused
     * @throws IOException if it has not answered
     */
    Frame<Answer> await(CompletableFuture<ByteBuffer> coming) throws IOException, StateException {
        Frame<Answer> answer = receive(coming);
        answer.header().check();
        return answer;
    }

    /** Waits for an answer, which may be a refusal. */
    Frame<Answer> receive(CompletableFuture<ByteBuffer> coming) throws IOException {
        try {
            return Frame.decode(Answer.class, coming.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while another node was asked");
        } catch (ExecutionException e) {
            throw new IOException("Another node did not answer: " + e.getCause(), e);
        }
    }

    /** Waits for a while; returns whether the answer, or the failure to get one, has come. */
    boolean comes(CompletableFuture<ByteBuffer> coming, Duration atMost) throws InterruptedIOException {
        try {
            coming.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while another node was asked");
        }
    }

    /** Asks and waits, as {@link #await}. */
    <R extends Request> Frame<Answer> ask(UUID to, Frame<R> question, Duration timeout)
            throws IOException, StateException {
        return await(send(to, question, timeout));
    }
}
