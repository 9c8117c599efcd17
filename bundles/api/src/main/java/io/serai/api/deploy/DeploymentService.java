package io.serai.api.deploy;

import io.serai.api.state.CommitId;
import io.serai.api.state.StatePath;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/** What of the desired state runs on this node. Thread-safe; never blocks. */
@ProviderType
public interface DeploymentService {

    /** Returns the verdicts on all artifacts of the desired state, and on those offered but refused, by path. */
    List<Verdict> verdicts();

    /** Returns the verdict on an artifact. */
    Optional<Verdict> verdict(StatePath path);

    /** Returns the commit that was applied last; empty until the first has been. */
    Optional<CommitId> applied();

    /**
     * Waits until a commit, or a later one, has been applied.
     *
     * @param paths the artifacts of interest, relative to their layer
     * @return completes with a settled verdict on each; cancel it to stop waiting
     */
    CompletableFuture<List<Verdict>> await(CommitId commit, Collection<StatePath> paths);
}
