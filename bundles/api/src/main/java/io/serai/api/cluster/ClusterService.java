package io.serai.api.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/** The nodes as this one sees them, and questions to all of them. Thread-safe; never blocks. */
@ProviderType
public interface ClusterService {

    /** Returns all members by name, this node included. */
    List<ClusterNode> nodes();

    /**
     * Returns what completes when this node has had, for the first time since it started, all that each node in reach has;
     * at once if there is nobody. May never complete: do not wait for it without an end.
     */
    CompletableFuture<Void> caughtUp();

    /**
     * Asks all nodes in reach, this one included.
     *
     * @param question the name of a {@link ClusterQuestion}
     * @param argument what to ask; small
     * @param timeout after which an answer that has not come fails
     * @return the answers that are to come, by name of the node; one that does not come in time, or cannot be given, fails.
     *     A node that is not in reach is not there
     */
    Map<String, CompletableFuture<byte[]>> ask(String question, byte[] argument, Duration timeout);
}
