package io.serai.admin.internal.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads a small body as it arrives, without a thread that waits for it. */
public final class BodyReader implements Runnable {
    private final Request request;
    private final int maxBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Consumer<byte[]> body;
    private final Consumer<Problem> failed;

    private BodyReader(Request request, int maxBytes, Consumer<byte[]> body, Consumer<Problem> failed) {
        this.request = request;
        this.maxBytes = maxBytes;
        this.body = body;
        this.failed = failed;
    }

    /**
     * Reads the body of a request.
     *
     * @param body gets it, on a thread that must not wait
     * @param failed gets what to tell the client if it could not be read to its end, likewise
     */
    public static void read(Request request, int maxBytes, Consumer<byte[]> body, Consumer<Problem> failed) {
        BodyReader reader = new BodyReader(request, maxBytes, body, failed);
        if (request.getLength() > maxBytes) {
            failed.accept(reader.tooLarge());
        } else {
            reader.run();
        }
    }

    /** Takes what has arrived. */
    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                failed.accept(incomplete(chunk.getFailure()));
                return;
            }
            if (isTaken(chunk)) {
                return;
            }
        }
    }

    /** Returns whether it was the last one that is read. */
    private boolean isTaken(Content.Chunk chunk) {
        boolean last = chunk.isLast();
        ByteBuffer part = chunk.getByteBuffer();
        if (bytes.size() + part.remaining() > maxBytes) {
            chunk.release();
            failed.accept(tooLarge());
            return true;
        }
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        bytes.writeBytes(copy);
        chunk.release();
        if (last) {
            body.accept(bytes.toByteArray());
        }
        return last;
    }

    private Problem tooLarge() {
        return Problem.of(
                HttpStatus.PAYLOAD_TOO_LARGE_413,
                "The body has more than " + maxBytes + " bytes, which is the limit here; send less");
    }

    private static Problem incomplete(Throwable failure) {
        int status = HttpStatus.BAD_REQUEST_400;
        if (failure instanceof HttpException http) {
            status = http.getCode();
        } else if (failure instanceof TimeoutException) {
            status = HttpStatus.REQUEST_TIMEOUT_408;
        }
        return Problem.of(status, "The body did not arrive whole; send it again");
    }
}
