package io.serai.secrets.internal.certificate;

import io.serai.api.cluster.Agreement;
import io.serai.api.cluster.ClusterLock;
import io.serai.api.cluster.ClusterLocks;
import io.serai.api.secret.SecretException;
import io.serai.api.secret.SecretSource;
import io.serai.api.state.Author;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.secrets.internal.acme.AcmeOrder;
import io.serai.secrets.internal.acme.AcmeSpec.External;
import io.serai.secrets.internal.acme.Challenges;
import io.serai.secrets.internal.acme.Issued;
import io.serai.secrets.internal.certificate.CertificateStore.Ordered;
import io.serai.secrets.internal.key.SealException;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders the certificates of the state that have {@code acme}: those that were never issued, or for other names, at once, and
 * others when two thirds of their time are over. One node orders at a time; what it gets goes into the state.
 */
@Component(service = CertificateOrders.class, immediate = true)
public final class CertificateOrders {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateOrders.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration FOREVER = Duration.ofDays(1);

    private final CertificateStore store;
    private final ClusterLocks locks;
    private final Challenges challenges;
    private final SecretSource secrets;
    private final OrderLog log;
    private final Clock clock = Clock.systemUTC();
    // used by the one thread only
    private @Nullable CommitId seen;
    private Instant next = Instant.EPOCH;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = Executors.defaultThreadFactory().newThread(task);
        thread.setName("secrets-orders-1");
        thread.setDaemon(true);
        return thread;
    });

    /** Begins to look what is due. */
    @Activate
    public CertificateOrders(
            @Reference CertificateStore store,
            @Reference ClusterLocks locks,
            @Reference Challenges challenges,
            @Reference SecretSource secrets,
            @Reference OrderLog log) {
        this.store = store;
        this.locks = locks;
        this.challenges = challenges;
        this.secrets = secrets;
        this.log = log;
        var unused = executor.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    /** Orders nothing any more. */
    @Deactivate
    public void close() {
        executor.shutdownNow();
    }

    private void look() {
        try {
            Instant now = clock.instant();
            CommitId commit = store.commit();
            if (commit.equals(seen) && now.isBefore(next)) {
                return;
            }
            seen = commit;
            next = now.plus(FOREVER);
            for (Ordered each : store.ordered().values()) {
                if (!now.isBefore(due(each))) {
                    orderIfDue(each.path());
                    next = now; // looks again, whoever ordered
                } else if (due(each).isBefore(next)) {
                    next = due(each);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the node stops
        } catch (RuntimeException e) {
            LOG.error("Certificates were not looked through; will be again: cause={}", e.getMessage(), e);
        }
    }

    /** Returns when a certificate is to be ordered. */
    private Instant due(Ordered wanted) {
        Optional<OrderLog.Failure> failure = log.failure(wanted.path(), wanted.acme());
        if (failure.isPresent()) {
            return failure.get().next();
        }
        return issued(wanted).map(CertificateChain::renewal).orElse(Instant.EPOCH);
    }

    /** Returns the names and times of what was issued for what is wanted now. */
    private static Optional<CertificateChain> issued(Ordered wanted) {
        return wanted.spec().chain().map(CertificateChain::read).filter(issued -> issued.names()
                .equals(Set.copyOf(wanted.acme().names())));
    }

    private void orderIfDue(StatePath path) throws InterruptedException {
        Optional<ClusterLock> lock = lock(path, Duration.ZERO);
        if (lock.isEmpty()) {
            return; // another node orders it
        }
        try (ClusterLock held = lock.get()) {
            Optional<Ordered> wanted = store.find(path);
            if (wanted.isPresent() && !clock.instant().isBefore(due(wanted.get()))) {
                LOG.info("A certificate is ordered: path={}, lock={}", path, held.token());
                order(wanted.get(), new Author("serai", "node"));
            }
        } catch (IOException e) {
            LOG.warn("A certificate was not issued: path={}, cause={}", path, e.getMessage());
        }
    }

    /**
     * Orders a certificate now, whether it is due or not; takes seconds, minutes at most.
     *
     * @return what was issued, for people
     * @throws IOException if it was not, saying why
     */
    String renew(StatePath path, Author author) throws IOException, InterruptedException {
        Optional<ClusterLock> lock = lock(path, PATIENCE);
        if (lock.isEmpty()) {
            throw new IOException("another node orders it just now; try again");
        }
        try (ClusterLock held = lock.get()) {
            Ordered wanted = store.find(path)
                    .orElseThrow(() -> new IOException("it is not ordered from an authority; give it acme"));
            LOG.info("A certificate is ordered as somebody asked: path={}, lock={}", path, held.token());
            return order(wanted, author);
        }
    }

    private Optional<ClusterLock> lock(StatePath path, Duration wait) throws InterruptedException {
        return locks.tryLock("io.serai.secrets order " + path, Agreement.REACHABLE, wait);
    }

    private String order(Ordered wanted, Author author) throws IOException, InterruptedException {
        try {
            Optional<char[]> external = Optional.empty();
            if (wanted.acme().external().isPresent()) {
                External account = wanted.acme().external().get();
                external = Optional.of(secrets.read(account.secret()));
            }
            KeyPair account = store.account(wanted);
            Issued issued = new AcmeOrder(wanted.acme(), challenges).run(account, external);
            store.keep(wanted, account, issued, author);
            log.fulfilled(wanted.path());
            String is = CertificateChain.read(issued.chain()).describe(clock.instant());
            LOG.info("A certificate was issued: path={}, is={}", wanted.path(), is);
            return is;
        } catch (IOException | SecretException | SealException | StateException | IllegalArgumentException e) {
            String cause = String.valueOf(e.getMessage());
            log.failed(wanted.path(), wanted.acme(), cause, clock.instant());
            throw new IOException(cause, e);
        }
    }
}
