package io.serai.cluster.internal.coordination;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.serai.api.state.StateException;
import io.serai.cluster.internal.message.Answer;
import io.serai.cluster.internal.message.Frame;
import io.serai.cluster.internal.message.Request;
import io.serai.cluster.internal.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Takes what nodes agree on from one to the other. Everything happens on one thread, that of the agenda, where not said
 * otherwise; nothing on it waits.
 */
public final class Hub {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Agenda agenda;
    private final UUID node;
    private final Map<String, Handler<?>> handlers = new HashMap<>(); // complete before anything is connected
    private final List<Runnable> watchers = new ArrayList<>(); // as above
    private @Nullable Transport transport;
    private volatile List<UUID> view = List.of();

    private record Handler<M>(Class<M> type, BiFunction<UUID, M, Object> answer) {
        Object handle(UUID from, byte[] message) throws IOException {
            return answer.apply(from, JSON.readValue(message, type));
        }
    }

    /**
     * Makes one that is not connected.
     *
     * @param node the id of this node
     */
    public Hub(Agenda agenda, UUID node) {
        this.agenda = agenda;
        this.node = node;
    }

    /** Returns the thread, and what time it is. */
    public Agenda agenda() {
        return agenda;
    }

    /** Returns the id of this node. */
    public UUID node() {
        return node;
    }

    /** Returns the processes in reach, this one included; empty while this node is not connected. From any thread. */
    public List<UUID> view() {
        return view;
    }

    /** Returns the number of this process; only while it is connected. */
    public UUID self() {
        return connected().self();
    }

    private Transport connected() {
        if (transport == null) {
            throw new IllegalStateException("This node is not connected");
        }
        return transport;
    }

    /** Says who answers a kind of message; before anything is connected. */
    public <M> void serve(Class<M> type, BiFunction<UUID, M, Object> answer) {
        handlers.put(type.getSimpleName(), new Handler<>(type, answer));
    }

    /** Says who is told that the view has changed; before anything is connected. */
    public void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    /** Is told who is in reach now, over which transport. */
    public void viewChanged(Transport over, List<UUID> processes) {
        transport = over;
        view = List.copyOf(processes);
        watchers.forEach(Runnable::run);
    }

    /** Is told that this node is not connected any more. */
    public void disconnected(Transport from) {
        if (from == transport) {
            view = List.of();
            watchers.forEach(Runnable::run);
            transport = null;
        }
    }

    /** Answers another process. */
    public byte[] asked(UUID from, String kind, byte[] message) throws IOException {
        Handler<?> handler = handlers.get(kind);
        if (handler == null) {
            throw new IOException("This node does not know the message '" + kind + "'");
        }
        return JSON.writeValueAsBytes(handler.handle(from, message));
    }

    /** Asks a process, which may be this one; completes later, on the thread. */
    public <A> CompletableFuture<A> ask(UUID to, Object message, Class<A> type, Duration timeout) {
        String kind = message.getClass().getSimpleName();
        try {
            byte[] json = JSON.writeValueAsBytes(message);
            CompletableFuture<byte[]> coming;
            if (to.equals(self())) {
                coming = CompletableFuture.completedFuture(asked(to, kind, json));
            } else {
                Frame<Request> request = new Frame<>(new Request.Coordination(kind), ByteBuffer.wrap(json));
                coming = connected().ask(to, request.encode(), timeout).thenApply(Hub::payload);
            }
            // also a failure is to come on the thread, which thenApplyAsync does not see to
            return coming.whenCompleteAsync((bytes, failure) -> {}, agenda).thenApply(bytes -> read(type, bytes));
        } catch (IOException | IllegalStateException e) {
            return CompletableFuture.<A>failedFuture(e).whenCompleteAsync((none, failure) -> {}, agenda);
        }
    }

    private static <A> A read(Class<A> type, byte[] bytes) {
        try {
            return JSON.readValue(bytes, type);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static byte[] payload(ByteBuffer bytes) {
        try {
            Frame<Answer> answer = Frame.decode(Answer.class, bytes);
            answer.header().check();
            return answer.copyOfPayload();
        } catch (IOException | StateException e) {
            throw new CompletionException(e);
        }
    }
}
