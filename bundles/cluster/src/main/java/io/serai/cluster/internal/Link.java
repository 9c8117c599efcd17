package io.serai.cluster.internal;

import io.serai.api.cluster.Member;
import io.serai.api.cluster.Membership;
import io.serai.api.cluster.NodeIdentity;
import io.serai.api.state.CommitId;
import io.serai.cluster.internal.Session.Context;
import io.serai.cluster.internal.transport.JGroupsTransport;
import io.serai.cluster.internal.transport.NamedThreads;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection of this node to the others: opens it, and again if that fails, and looks for nodes where they may be. */
final class Link implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final long RETRY_SECONDS = 5;

    private final ClusterSettings settings;
    private final NodeIdentity identity;
    private final Membership membership;
    private final Context context;
    private final ScheduledExecutorService keeper =
            Executors.newSingleThreadScheduledExecutor(new NamedThreads("keeper"));
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private volatile @Nullable Session session;
    private boolean failed; // of the keeper's thread

    Link(ClusterSettings settings, NodeIdentity identity, Membership membership, Context context) {
        this.settings = settings;
        this.identity = identity;
        this.membership = membership;
        this.context = context;
    }

    /** Begins to connect, on a thread of its own. */
    void open() {
        keeper.execute(this::connect);
        long interval = settings.compareInterval().toMillis();
        Future<?> unused = keeper.scheduleWithFixedDelay(this::compare, interval, interval, TimeUnit.MILLISECONDS);
    }

    Optional<Session> session() {
        return Optional.ofNullable(session);
    }

    /** Takes note that the head has moved: there may be new members. */
    void headMoved() {
        session().ifPresent(open -> {
            open.headMoved();
            execute(() -> {
                open.reach(others());
                open.keepOnly(membership.members().stream().map(Member::id).toList());
            });
        });
    }

    private void execute(Runnable task) {
        try {
            keeper.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("Did not look for others, the node is stopping");
        }
    }

    private void connect() {
        JGroupsTransport transport = null;
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port());
            transport = new JGroupsTransport(
                    new JGroupsTransport.Listener(address, identity.name()),
                    identity.tls(),
                    others(),
                    context.workers());
            Session opening = new Session(transport, identity.id(), context, this::meetTwin);
            opening.connect();
            session = opening;
            opening.headMoved();
            CompletableFuture<Void> unused = opening.caughtUp().thenRun(() -> caughtUp.complete(null));
            LOG.info("Connected to the cluster: node={}, address={}", identity.name(), address);
            failed = false;
        } catch (Exception e) { // JGroups declares no narrower one
            if (transport != null) {
                transport.close();
            }
            if (!failed) {
                LOG.error(
                        "Could not listen for other nodes, tried again every {} s; free the port, or set host and port in"
                                + " etc/{}.cfg: host={}, port={}",
                        RETRY_SECONDS,
                        ClusterConfig.PID,
                        settings.host(),
                        settings.port(),
                        e);
            }
            failed = true;
            Future<?> unused = keeper.schedule(this::connect, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void compare() {
        session().ifPresent(open -> {
            open.reach(others());
            open.compare();
        });
    }

    /** Leaves, if this process came after another one that says it is the same node: both would fight for its name. */
    private void meetTwin(UUID twin) {
        execute(() -> session().filter(open -> open.isAfter(twin)).ifPresent(open -> {
            LOG.error(
                    "Left the cluster, because another process runs with the identity of this node; stop this one, and let"
                            + " it join anew with a token: node={}, id={}",
                    identity.name(),
                    identity.id());
            session = null;
            open.close();
        }));
    }

    /** Returns where other nodes may be. */
    private List<InetSocketAddress> others() {
        List<InetSocketAddress> others = new ArrayList<>();
        for (Member member : membership.members()) {
            if (!member.id().equals(identity.id())) {
                others.add(new InetSocketAddress(member.host(), member.clusterPort()));
            }
        }
        for (InetSocketAddress host : settings.hosts()) {
            others.add(new InetSocketAddress(host.getHostString(), host.getPort()));
        }
        settings.dnsName().ifPresent(name -> {
            try {
                for (InetAddress address : InetAddress.getAllByName(name)) {
                    others.add(new InetSocketAddress(address, settings.port()));
                }
            } catch (UnknownHostException e) {
                LOG.debug("DNS does not know any node now: name={}", name);
            }
        });
        return others;
    }

    CompletableFuture<Void> caughtUp() {
        return caughtUp.copy();
    }

    /** Returns whether a node leads. */
    boolean leads(UUID node) {
        return session().map(open -> open.leads(node)).orElse(node.equals(identity.id()));
    }

    Optional<CommitId> headOf(UUID node) {
        return session().flatMap(open -> open.headOf(node));
    }

    @Override
    public void close() {
        keeper.shutdownNow();
        session().ifPresent(Session::close);
        session = null;
    }
}
