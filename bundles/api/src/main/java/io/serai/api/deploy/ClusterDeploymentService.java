package io.serai.api.deploy;

import io.serai.api.state.CommitId;
import io.serai.api.state.StatePath;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What of the desired state runs on the other nodes in reach: {@link DeploymentService} of each, by name of the node.
 * Thread-safe; never blocks. An answer that does not come in time fails; a node that is not in reach is not there.
 */
@ProviderType
public interface ClusterDeploymentService {

    /** Returns the verdicts on all artifacts, of each node. */
    Map<String, CompletableFuture<List<Verdict>>> verdicts(Duration timeout);

    /**
     * Waits on each node until it has applied a commit, or a later one; of a rolling change, until it has had its turn or
     * the change has halted.
     *
     * @param paths the artifacts of interest, relative to their layer
     * @param timeout after which a node that has not is given up
     * @return complete with a settled verdict on each artifact
     */
    Map<String, CompletableFuture<List<Verdict>>> await(CommitId commit, Collection<StatePath> paths, Duration timeout);
}
