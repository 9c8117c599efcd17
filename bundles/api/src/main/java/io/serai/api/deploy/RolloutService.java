package io.serai.api.deploy;

import io.serai.api.state.CommitId;
import io.serai.api.state.StatePath;
import java.time.Duration;
import java.util.Collection;
import org.osgi.annotation.versioning.ProviderType;

/** Waits for nodes, this one included, to apply what was changed. Thread-safe. */
@ProviderType
public interface RolloutService {

    /**
     * Waits until nodes have applied a commit or a later one; of a rolling change, until they have had their turn or the change
     * has halted.
     *
     * @param paths the artifacts of interest, relative to their layer; of none, the answer comes at once
     * @param wait for which nodes
     * @param timeout after which a node that has not answered is silent
     */
    Rollout await(CommitId commit, Collection<StatePath> paths, Rollout.Wait wait, Duration timeout)
            throws InterruptedException;
}
