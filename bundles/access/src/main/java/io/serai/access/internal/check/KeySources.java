package io.serai.access.internal.check;

import io.serai.access.internal.credential.CredentialDirectory;
import io.serai.access.internal.credential.Credentials;
import io.serai.access.internal.credential.Proof.KeyLocation;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of all issuers that credentials name. Thread-safe. */
final class KeySources implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeySources.class);
    private static final long PERIOD_MILLIS = 500;

    private final CredentialDirectory directory;
    private final Map<KeyLocation, KeySource> sources = new ConcurrentHashMap<>();
    private final ScheduledExecutorService executor = AccessThreads.single("keys");

    KeySources(CredentialDirectory directory) {
        this.directory = directory;
        ScheduledFuture<?> unused =
                executor.scheduleWithFixedDelay(this::refresh, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    KeySource of(KeyLocation location) {
        return sources.computeIfAbsent(location, each -> new KeySource(each, System::nanoTime));
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void refresh() {
        try {
            Set<KeyLocation> named =
                    directory.credentials().map(Credentials::keyLocations).orElse(Set.of());
            sources.keySet().retainAll(named);
            for (KeyLocation location : named) {
                of(location).refresh();
            }
        } catch (RuntimeException e) {
            LOG.error("Keys of issuers could not be looked after; they will be again soon", e);
        }
    }
}
