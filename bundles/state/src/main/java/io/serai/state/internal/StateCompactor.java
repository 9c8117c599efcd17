package io.serai.state.internal;

import io.serai.api.state.Compaction;
import io.serai.api.state.StateCompactionService;
import io.serai.api.state.StateException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compacts the repository of this node when somebody asks for it and, as it is immediate, by schedule. */
@Component(
        service = StateCompactionService.class,
        immediate = true,
        configurationPid = StateSettings.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class StateCompactor implements StateCompactionService {
    private static final Logger LOG = LoggerFactory.getLogger(StateCompactor.class);
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");
    // A node that is started every morning is to be compacted, too, but not while it has much to do.
    private static final Duration FIRST = Duration.ofHours(1);
    private static final long CLOSE_SECONDS = 3;

    private final GitStateRepository repository;
    private final Retention retention;
    private final Clock clock;
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("compaction"));

    private final Optional<ScheduledFuture<?>> schedule;

    /** Begins the schedule. */
    @Activate
    public StateCompactor(StateConfig config, @Reference GitStateRepository state) {
        this(
                state,
                Retention.of(
                        config.retention_days(), config.retention_version_count(), config.compaction_interval_hours()),
                Clock.systemUTC());
    }

    StateCompactor(GitStateRepository repository, Retention retention, Clock clock) {
        this.repository = repository;
        this.retention = retention;
        this.clock = clock;
        this.schedule = retention.interval().isZero() ? Optional.empty() : Optional.of(begin(retention.interval()));
    }

    private ScheduledFuture<?> begin(Duration interval) {
        long first = Math.min(FIRST.toMillis(), interval.toMillis());
        return executor.scheduleWithFixedDelay(
                this::compactBySchedule, first, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Compaction compact(boolean dryRun) throws StateException {
        Compaction compaction = repository.compactor().compact(retention, clock.instant(), dryRun);
        if (!dryRun && compaction.versions() > 0) {
            AUDIT.info(
                    "Compacted the state: versions={}, files={}, bytes={}, kept={}",
                    compaction.versions(),
                    compaction.dropped().size(),
                    compaction.bytes(),
                    compaction.kept());
        }
        return compaction;
    }

    private void compactBySchedule() {
        try {
            compact(false);
        } catch (StateException | RuntimeException e) { // or it would not be tried the next day
            LOG.warn(
                    "Could not compact the state, and will try again: hours={}",
                    retention.interval().toHours(),
                    e);
        }
    }

    @Deactivate
    void close() {
        schedule.ifPresent(running -> running.cancel(true));
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Compaction did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
