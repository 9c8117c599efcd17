package io.serai.admin.internal.rest;

import io.serai.api.object.ObjectKey;
import io.serai.api.security.Subject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/**
 * A client that is told of changes, as server-sent events (WHATWG HTML, section 9.2). Thread-safe; never blocks. One that reads too
 * slowly is let go: it goes on from the last event it has when it comes again.
 */
final class Watcher extends IteratingCallback {
    private static final int MAX_WAITING_BYTES = 4 * 1024 * 1024;
    private static final byte[] BEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final Subject subject;
    private final String kind;
    private final Response response;
    private final Callback answer;
    private final Deque<byte[]> waiting = new ArrayDeque<>(); // guarded by itself, as the next three
    private int waitingBytes;
    private boolean ending;
    private boolean ended;

    /**
     * Begins to answer.
     *
     * @param kind of which objects it is told
     * @param answer is completed when it is told no more
     */
    Watcher(Subject subject, String kind, Response response, Callback answer) {
        this.subject = subject;
        this.kind = kind;
        this.response = response;
        this.answer = answer;
    }

    Subject subject() {
        return subject;
    }

    String kind() {
        return kind;
    }

    boolean isFor(ObjectKey key) {
        return key.kind().equals(kind);
    }

    /** Sends an event. */
    void send(String event, String data) {
        send(("event: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Sends an event after which the client has all up to an id, and goes on from there. */
    void send(String event, String data, String id) {
        send(("event: " + event + "\nid: " + id + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Sends what clients do not look at, to find out whether it is there. */
    void beat() {
        send(BEAT);
    }

    private void send(byte[] bytes) {
        boolean tooMany;
        synchronized (waiting) {
            waiting.add(bytes);
            waitingBytes += bytes.length;
            tooMany = waitingBytes > MAX_WAITING_BYTES;
        }
        if (tooMany) {
            abort(new EofException("The client reads more slowly than things change"));
        } else {
            iterate();
        }
    }

    /** Ends the answer once what waits is sent. */
    void end() {
        synchronized (waiting) {
            ending = true;
        }
        iterate();
    }

    @Override
    protected Action process() {
        ByteBuffer next;
        boolean last;
        synchronized (waiting) {
            if (ended) {
                return Action.SUCCEEDED;
            }
            byte[] bytes = waiting.poll();
            last = bytes == null && ending;
            if (bytes == null && !ending) {
                return Action.IDLE;
            }
            ended = last;
            waitingBytes -= bytes == null ? 0 : bytes.length;
            next = bytes == null ? ByteBuffer.allocate(0) : ByteBuffer.wrap(bytes);
        }
        response.write(last, next, this);
        return Action.SCHEDULED;
    }

    @Override
    protected void onCompleteSuccess() {
        answer.succeeded();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        answer.failed(cause);
    }
}
