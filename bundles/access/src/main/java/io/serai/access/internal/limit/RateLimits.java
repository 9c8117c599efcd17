package io.serai.access.internal.limit;

import io.serai.access.internal.check.AccessThreads;
import io.serai.access.internal.folder.HeadMoves;
import io.serai.access.internal.folder.ObjectFolder;
import io.serai.api.cluster.ClusterMaps;
import io.serai.api.object.ObjectCodec;
import io.serai.api.state.StateRepository;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rate limits of the head of the state, and what is left of them. A request neither waits for the state nor for other nodes. */
@Component(service = RateLimits.class)
public final class RateLimits {
    private static final Logger LOG = LoggerFactory.getLogger(RateLimits.class);
    private static final String MAP = "io.serai.access.usage";
    private static final long PERIOD_MILLIS = 500;
    private static final int SWEEP_PERIODS = 1_200;

    private final HeadMoves heads;
    private final Runnable receiver = this::headMoved;
    private final StateRepository state;
    private final ObjectFolder<LimitSpec> folder; // of the executor
    private final UsageExchange usage;
    private final ScheduledExecutorService executor = AccessThreads.single("limits");
    private volatile Map<String, Limit> limits = Map.of();
    private int periods; // of the executor

    /** Reads them soon, and exchanges what has passed. */
    @Activate
    public RateLimits(
            @Reference StateRepository state,
            @Reference ObjectCodec codec,
            @Reference ClusterMaps maps,
            @Reference HeadMoves heads) {
        String node = System.getProperty("serai.node", "node1");
        this.heads = heads;
        this.state = state;
        this.folder = new ObjectFolder<>(LimitSpec.KIND, codec, LimitSpec::of);
        UsageFile file = new UsageFile(Path.of(System.getProperty("serai.node.dir", "."), "run", "usage"));
        this.usage = new UsageExchange(maps.map(MAP), file, node, Clock.systemUTC(), System::nanoTime);
        ScheduledFuture<?> unused =
                executor.scheduleWithFixedDelay(this::exchange, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        heads.add(receiver);
        headMoved();
    }

    /** Ends; tells the other nodes for the last time. */
    @Deactivate
    public void close() {
        heads.remove(receiver);
        executor.shutdownNow();
        exchange();
        usage.close();
    }

    private void headMoved() {
        executor.execute(this::read);
    }

    /** Returns the limit of a name. */
    public Optional<Limit> find(String name) {
        return Optional.ofNullable(limits.get(name));
    }

    /** Returns the time that limits go by. */
    public long nanoTime() {
        return System.nanoTime();
    }

    private void read() {
        try {
            folder.read(state.head()).ifPresent(this::use);
        } catch (RuntimeException e) {
            LOG.error("Rate limits stay as they were, since they could not be read", e);
        }
    }

    private void use(List<LimitSpec> specs) {
        Map<String, Limit> before = limits;
        Map<String, Limit> next = new HashMap<>();
        for (LimitSpec spec : specs) {
            Limit known = before.get(spec.name());
            boolean same = known != null && known.spec().equals(spec);
            next.put(spec.name(), same ? known : new Limit(spec, usage::welcome));
            if (known != null && !same) {
                known.buckets().forEach(bucket -> usage.goes(bucket, known.spec()));
            }
        }
        limits = Map.copyOf(next);
    }

    private void exchange() {
        try {
            usage.exchange(limits.values());
            periods++;
            if (periods % SWEEP_PERIODS == 0) {
                long now = nanoTime();
                limits.values().forEach(limit -> limit.sweep(now, bucket -> usage.goes(bucket, limit.spec())));
            }
        } catch (RuntimeException e) {
            LOG.error("Limits count on this node alone for a moment, since nodes could not exchange them", e);
        }
    }
}
