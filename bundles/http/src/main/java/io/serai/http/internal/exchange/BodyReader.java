package io.serai.http.internal.exchange;

import java.util.Arrays;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Promise;

/** Reads a body into memory, without holding a thread while it waits. */
final class BodyReader implements Runnable {
    // what a client announces is not taken at its word: memory follows what has arrived
    private static final int MAX_FIRST_BYTES = 64 * 1024;
    private static final int UNKNOWN_FIRST_BYTES = 4096;

    private final LimitedSource source;
    private final Promise<byte[]> promise;
    private byte[] bytes;
    private int length;

    private BodyReader(LimitedSource source, Promise<byte[]> promise) {
        this.source = source;
        this.promise = promise;
        long announced = source.getLength();
        this.bytes = new byte[announced < 0 ? UNKNOWN_FIRST_BYTES : (int) Math.min(announced, MAX_FIRST_BYTES)];
    }

    /**
     * Reads a body.
     *
     * @param source the body, limited to what an array holds
     * @param promise succeeds with the bytes, or fails with a {@link ProblemException}
     */
    static void read(LimitedSource source, Promise<byte[]> promise) {
        new BodyReader(source, promise).run();
    }

    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = source.read();
            if (chunk == null) {
                source.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                promise.failed(chunk.getFailure());
                return;
            }
            take(chunk);
            if (chunk.isLast()) {
                promise.succeeded(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
                return;
            }
        }
    }

    private void take(Content.Chunk chunk) {
        int size = chunk.remaining();
        if (bytes.length - length < size) {
            // doubling may overflow, where what is needed does not
            bytes = Arrays.copyOf(bytes, Math.max(length + size, bytes.length * 2));
        }
        chunk.getByteBuffer().get(bytes, length, size);
        length += size;
        chunk.release();
    }
}
