package io.serai.state.internal;

import io.serai.api.state.CommitId;
import io.serai.api.state.StateListener;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listeners of each move of the head, in order, on a thread of its own. */
final class HeadNotifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeadNotifier.class);
    private static final long CLOSE_SECONDS = 2;

    private final ExecutorService executor = Executors.newSingleThreadExecutor(new DaemonThreads("notifier"));
    private final Supplier<List<StateListener>> listeners;

    HeadNotifier(Supplier<List<StateListener>> listeners) {
        this.listeners = listeners;
    }

    void headMoved(CommitId before, CommitId after) {
        executor.execute(() -> listeners.get().forEach(listener -> tell(listener, before, after)));
    }

    private static void tell(StateListener listener, CommitId before, CommitId after) {
        try {
            listener.headMoved(before, after);
        } catch (RuntimeException e) { // a listener is code of others; the next one shall be told nevertheless
            LOG.warn(
                    "A listener failed when it was told of the new head: listener={}, head={}",
                    listener.getClass().getName(),
                    after,
                    e);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
