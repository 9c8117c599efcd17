package io.serai.api.runtime;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/** The services of all nodes: {@link ServiceRegistry} of each, and of all together. Thread-safe; never blocks. */
@ProviderType
public interface ClusterServiceRegistry {

    /**
     * Asks all nodes in reach, this one included.
     *
     * @param timeout how long to wait for a node
     * @return completes when all have answered or the time is over; does not fail
     */
    CompletableFuture<ClusterServices> services(Duration timeout);
}
