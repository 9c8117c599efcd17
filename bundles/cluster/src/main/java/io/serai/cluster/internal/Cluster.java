package io.serai.cluster.internal;

import io.serai.api.cluster.ClusterNode;
import io.serai.api.cluster.ClusterNode.Status;
import io.serai.api.cluster.ClusterQuestion;
import io.serai.api.cluster.ClusterService;
import io.serai.api.cluster.Member;
import io.serai.api.cluster.Membership;
import io.serai.api.cluster.NodeIdentity;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateReplica;
import io.serai.api.state.StateRepository;
import io.serai.cluster.internal.replication.Replicator;
import io.serai.cluster.internal.transport.NamedThreads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/** The cluster, for the other bundles of this node. */
@Component(
        service = ClusterService.class,
        configurationPid = ClusterConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ClusterConfig.class)
public final class Cluster implements ClusterService {
    // answers may wait for seconds until a change is applied; what comes when all do is refused, and asked elsewhere or
    // again
    private static final int MAX_WORKERS = 256;
    private static final long IDLE_SECONDS = 30;
    private static final long CLOSE_SECONDS = 3;

    private final Membership membership;
    private final NodeIdentity identity;
    private final StateRepository repository;
    private final Questions questions = new Questions();
    private final ExecutorService replication = Executors.newSingleThreadExecutor(new NamedThreads("replication"));
    private final ExecutorService workers = new ThreadPoolExecutor(
            0, MAX_WORKERS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), new NamedThreads("worker"));
    private final StateHooks hooks;
    private final Link link;
    private final Poll poll;

    /** Begins to look for the others; returns before they are found. */
    @Activate
    public Cluster(
            ClusterConfig config,
            @Reference NodeIdentity identity,
            @Reference Membership membership,
            @Reference StateRepository repository,
            @Reference StateReplica replica,
            @Reference StateHooks hooks,
            @Reference Coordination coordination) {
        this.membership = membership;
        this.identity = identity;
        this.repository = repository;
        Session.Context context = new Session.Context(
                new Replicator.State(repository, replica), questions, replication, workers, coordination);
        this.link = new Link(ClusterSettings.of(config), identity, membership, context);
        this.poll = new Poll(identity.id(), questions, workers, link::session);
        this.hooks = hooks;
        hooks.connect(link);
        link.open();
    }

    @Deactivate
    void close() {
        hooks.connect(null);
        link.close();
        workers.shutdown();
        replication.shutdown(); // what it writes is not interrupted, but finished
        try {
            if (!replication.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                replication.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Reference(
            service = ClusterQuestion.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addQuestion(ClusterQuestion question, Map<String, Object> properties) {
        questions.add(String.valueOf(properties.get(ClusterQuestion.NAME)), question);
    }

    void removeQuestion(ClusterQuestion question, Map<String, Object> properties) {
        questions.remove(String.valueOf(properties.get(ClusterQuestion.NAME)), question);
    }

    @Override
    public List<ClusterNode> nodes() {
        CommitId head = repository.head().commit();
        return membership.members().stream().map(member -> node(member, head)).toList();
    }

    private ClusterNode node(Member member, CommitId head) {
        if (member.id().equals(identity.id())) {
            return new ClusterNode(member, Status.JOINED, Optional.of(head), link.leads(member.id()), true);
        }
        Optional<CommitId> theirs = link.headOf(member.id());
        return new ClusterNode(member, status(member, theirs, head), theirs, link.leads(member.id()), false);
    }

    private Status status(Member member, Optional<CommitId> theirs, CommitId head) {
        if (theirs.isEmpty() || link.isSilent(member.id())) {
            return Status.UNREACHABLE;
        }
        return theirs.get().equals(head) ? Status.JOINED : Status.SYNCING;
    }

    @Override
    public CompletableFuture<Void> caughtUp() {
        return link.caughtUp();
    }

    @Override
    public Map<String, CompletableFuture<byte[]>> ask(String question, byte[] argument, Duration timeout) {
        return poll.ask(membership.members(), question, argument, timeout);
    }
}
