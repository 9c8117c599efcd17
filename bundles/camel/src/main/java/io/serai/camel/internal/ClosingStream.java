package io.serai.camel.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** A stream that belongs to an exchange, which ends when the stream is closed. */
final class ClosingStream extends FilterInputStream {
    private final Runnable afterwards;
    private final AtomicBoolean closed = new AtomicBoolean();

    ClosingStream(InputStream in, Runnable afterwards) {
        super(in);
        this.afterwards = afterwards;
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            try {
                super.close();
            } finally {
                afterwards.run();
            }
        }
    }
}
