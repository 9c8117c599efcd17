package io.serai.cluster.internal;

import io.serai.api.cluster.Agreement;
import io.serai.api.cluster.ClusterLock;
import io.serai.api.cluster.ClusterLocks;
import io.serai.api.cluster.ClusterMap;
import io.serai.api.cluster.ClusterMaps;
import io.serai.api.cluster.LeaderElection;
import io.serai.api.cluster.Leadership;
import io.serai.api.cluster.Member;
import io.serai.api.cluster.Membership;
import io.serai.api.cluster.NodeIdentity;
import io.serai.cluster.internal.coordination.Connection;
import io.serai.cluster.internal.coordination.Hub;
import io.serai.cluster.internal.coordination.ThreadAgenda;
import io.serai.cluster.internal.coordination.locks.GrantedLocks;
import io.serai.cluster.internal.coordination.locks.PromiseFile;
import io.serai.cluster.internal.coordination.maps.ReplicatedMaps;
import io.serai.cluster.internal.transport.NamedThreads;
import io.serai.cluster.internal.transport.Transport;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * What nodes agree on beside the state, for the other bundles of this node. It is there also while the cluster is not, and
 * knows of this node only then.
 */
@Component(
        service = {ClusterMaps.class, ClusterLocks.class, LeaderElection.class, Coordination.class},
        configurationPid = ClusterConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Coordination implements ClusterMaps, ClusterLocks, LeaderElection {
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
    private final GrantedLocks locks;

    /** Makes what is not connected yet. */
    @Activate
    public Coordination(ClusterConfig config, @Reference NodeIdentity identity, @Reference Membership membership) {
        listeners.allowCoreThreadTimeOut(true);
        this.hub = new Hub(agenda, identity.id());
        this.maps = new ReplicatedMaps(hub, listeners);
        PromiseFile promises = new PromiseFile(ClusterSettings.of(config).directory());
        this.locks = new GrantedLocks(hub, () -> ids(membership), promises, listeners);
    }

    private static Set<UUID> ids(Membership membership) {
        return membership.members().stream().map(Member::id).collect(Collectors.toSet());
    }

    /** Connects with the others over a transport, once that says who is in reach. */
    Connection connection(Transport transport) {
        return new Connection(hub, agenda, transport);
    }

    @Deactivate
    void close() {
        agenda.finish(locks::close);
        agenda.close();
        listeners.shutdownNow();
    }

    @Override
    public ClusterMap map(String name) {
        return maps.map(name);
    }

    @Override
    public Optional<ClusterLock> tryLock(String name, Agreement agreement, Duration wait) throws InterruptedException {
        return locks.tryLock(name, agreement, wait);
    }

    @Override
    public Leadership join(String name, Agreement agreement, Listener listener) {
        return locks.join(name, agreement, listener);
    }
}
