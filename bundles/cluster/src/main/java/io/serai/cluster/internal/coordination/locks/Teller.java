package io.serai.cluster.internal.coordination.locks;

import io.serai.api.cluster.LeaderElection.Listener;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener whether it leads, one call after the other; what it was too slow for is left out. */
final class Teller {
    private static final Logger LOG = LoggerFactory.getLogger(Teller.class);

    private final Listener listener;
    private final Executor listeners;
    private final Object lock = new Object();
    private OptionalLong term = OptionalLong.empty(); // guarded by lock
    private OptionalLong told = OptionalLong.empty(); // guarded by lock
    private boolean running; // guarded by lock
    private boolean closed; // guarded by lock

    Teller(Listener listener, Executor listeners) {
        this.listener = listener;
        this.listeners = listeners;
    }

    /** Tells it later the term that it leads in; empty if it does not lead. */
    void tell(OptionalLong now) {
        synchronized (lock) {
            term = now;
            if (running) {
                return;
            }
            running = true;
        }
        try {
            listeners.execute(this::run);
        } catch (RejectedExecutionException e) {
            LOG.debug("Did not tell a listener, the node is stopping");
        }
    }

    /** Tells it nothing more. */
    void close() {
        synchronized (lock) {
            closed = true;
        }
    }

    private void run() {
        while (true) {
            OptionalLong next;
            synchronized (lock) {
                if (closed || term.equals(told)) {
                    running = false;
                    return;
                }
                // a term that ended and another one that began are told as both
                next = told.isPresent() ? OptionalLong.empty() : term;
                told = next;
            }
            call(next);
        }
    }

    private void call(OptionalLong next) {
        try {
            if (next.isPresent()) {
                listener.elected(next.getAsLong());
            } else {
                listener.deposed();
            }
        } catch (RuntimeException e) { // the edge to what others wrote
            LOG.error("A listener of an election failed: listener={}", listener, e);
        }
    }
}
