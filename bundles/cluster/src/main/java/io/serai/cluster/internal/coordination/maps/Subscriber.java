package io.serai.cluster.internal.coordination.maps;

import io.serai.api.cluster.ClusterMap.Listener;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener, told one change after the other; what it has not been told is kept by key, and so bounded. */
final class Subscriber {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);

    private final Listener listener;
    private final MapTable table;
    private final Executor listeners;
    private final Set<String> pending = new LinkedHashSet<>(); // guarded by pending
    private boolean running; // guarded by pending

    Subscriber(Listener listener, MapTable table, Executor listeners) {
        this.listener = listener;
        this.table = table;
        this.listeners = listeners;
    }

    /** Tells it later. */
    void changed(Set<String> keys) {
        synchronized (pending) {
            pending.addAll(keys);
            if (running || pending.isEmpty()) {
                return;
            }
            running = true;
        }
        try {
            listeners.execute(this::tell);
        } catch (RejectedExecutionException e) {
            LOG.debug("Did not tell a listener, the node is stopping");
        }
    }

    private void tell() {
        for (List<String> keys = take(); !keys.isEmpty(); keys = take()) {
            for (String key : keys) {
                try {
                    listener.changed(key, table.get(key));
                } catch (RuntimeException e) { // the edge to what others wrote
                    LOG.error("A listener of a map failed: key={}, listener={}", key, listener, e);
                }
            }
        }
    }

    private List<String> take() {
        synchronized (pending) {
            List<String> keys = new ArrayList<>(pending);
            pending.clear();
            running = !keys.isEmpty();
            return keys;
        }
    }
}
