package io.serai.runtime.internal.invocation;

import io.serai.runtime.internal.registry.ServiceInstance;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** An answer that is still being read: its instance stays in use until the stream is closed. */
final class AnswerStream extends FilterInputStream {
    private final ServiceInstance instance;
    private final AtomicBoolean open = new AtomicBoolean(true);

    AnswerStream(InputStream answer, ServiceInstance instance) {
        super(answer);
        this.instance = instance;
    }

    @Override
    public void close() throws IOException {
        if (open.compareAndSet(true, false)) {
            try {
                super.close();
            } finally {
                instance.leave();
            }
        }
    }
}
