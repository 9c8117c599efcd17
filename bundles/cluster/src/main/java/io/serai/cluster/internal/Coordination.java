package io.serai.cluster.internal;

import io.serai.api.cluster.ClusterMap;
import io.serai.api.cluster.ClusterMaps;
import io.serai.api.cluster.NodeIdentity;
import io.serai.cluster.internal.coordination.Connection;
import io.serai.cluster.internal.coordination.Hub;
import io.serai.cluster.internal.coordination.ThreadAgenda;
import io.serai.cluster.internal.coordination.maps.ReplicatedMaps;
import io.serai.cluster.internal.transport.NamedThreads;
import io.serai.cluster.internal.transport.Transport;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * What nodes agree on beside the state, for the other bundles of this node. It is there also while the cluster is not, and
 * knows of this node only then.
 */
@Component(service = {ClusterMaps.class, Coordination.class})
public final class Coordination implements ClusterMaps {
    private static final int LISTENER_THREADS = 4;
    private static final long IDLE_SECONDS = 30;

    private final ThreadAgenda agenda = new ThreadAgenda();
    private final ThreadPoolExecutor listeners = new ThreadPoolExecutor(
            LISTENER_THREADS,
            LISTENER_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), // one task a listener
            new NamedThreads("listener"));
    private final Hub hub;
    private final ReplicatedMaps maps;

    /** Makes what is not connected yet. */
    @Activate
    public Coordination(@Reference NodeIdentity identity) {
        listeners.allowCoreThreadTimeOut(true);
        this.hub = new Hub(agenda, identity.id());
        this.maps = new ReplicatedMaps(hub, listeners);
    }

    /** Connects with the others over a transport, once that says who is in reach. */
    Connection connection(Transport transport) {
        return new Connection(hub, agenda, transport);
    }

    @Deactivate
    void close() {
        agenda.close();
        listeners.shutdownNow();
    }

    @Override
    public ClusterMap map(String name) {
        return maps.map(name);
    }
}
