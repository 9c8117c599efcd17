package io.serai.cluster.internal;

import io.serai.api.cluster.Member;
import io.serai.api.cluster.Membership;
import io.serai.api.cluster.NodeIdentity;
import io.serai.api.state.CommitId;
import io.serai.cluster.internal.Session.Context;
import io.serai.cluster.internal.discovery.Discovery;
import io.serai.cluster.internal.transport.JGroupsTransport;
import io.serai.cluster.internal.transport.NamedThreads;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
    private final Discovery discovery;
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private volatile @Nullable Session session;
    private boolean failed; // of the keeper's thread
    private List<Member> followed = List.of(); // of the keeper's thread

    Link(ClusterSettings settings, NodeIdentity identity, Membership membership, Context context) {
        this.settings = settings;
        this.identity = identity;
        this.membership = membership;
        this.context = context;
        InetSocketAddress listener = InetSocketAddress.createUnresolved(settings.host(), settings.port());
        this.discovery =
                new Discovery(membership, identity.id(), settings.discovery(), listener, () -> execute(this::look));
    }

    /** Begins to connect, on a thread of its own. */
    void open() {
        keeper.execute(this::connect);
        discovery.open();
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
            execute(() -> follow(open));
        });
    }

    /** Follows a change of the members; does nothing if it is none, as few commits are, and DNS may be slow. */
    private void follow(Session open) {
        List<Member> members = membership.members();
        if (!members.equals(followed)) {
            look();
            open.keepOnly(members.stream().map(Member::id).toList());
            followed = members;
        }
    }

    private void look() {
        session().ifPresent(open -> open.reach(discovery.others()));
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
                    discovery.others(),
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
        try {
            look();
            session().ifPresent(Session::compare);
        } catch (RuntimeException e) { // it would never be run again
            LOG.error("Could not compare the state with the others', tried again", e);
        }
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

    /** Returns whether nothing has been heard of a node for seconds, though it is in reach of others. */
    boolean isSilent(UUID node) {
        return session().filter(open -> open.isSilent(node)).isPresent();
    }

    @Override
    public void close() {
        keeper.shutdownNow();
        discovery.close();
        session().ifPresent(Session::close);
        session = null;
    }
}
