package io.serai.shell.internal;

import io.serai.api.deploy.DeploymentService;
import io.serai.api.deploy.Verdict;
import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.Entry;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.karaf.shell.support.CommandException;

/**
 * A commit on its way to this node.
 *
 * @param repository holds the commit
 * @param deployments applies it
 * @param before the head before the change
 * @param after the head after the change
 */
record Rollout(StateRepository repository, DeploymentService deployments, CommitId before, CommitId after) {

    /** Waits for the verdicts on the artifacts of this node that differ between the two commits. */
    List<Verdict> await(Duration timeout)
            throws StateException, CommandException, InterruptedException, ExecutionException {
        List<StatePath> paths = paths();
        CompletableFuture<List<Verdict>> verdicts = deployments.await(after, paths);
        try {
            return verdicts.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw SeraiCommand.failure(
                    "Commit " + after.shortValue() + " stands, but was not applied within " + Wording.duration(timeout)
                            + "; see deploy:list",
                    e);
        } finally {
            verdicts.cancel(true);
        }
    }

    private List<StatePath> paths() throws StateException {
        Map<StatePath, BlobId> old = effective(before);
        Map<StatePath, BlobId> now = effective(after);
        return Stream.concat(old.keySet().stream(), now.keySet().stream())
                .distinct()
                .filter(path -> !Objects.equals(old.get(path), now.get(path)))
                .sorted()
                .toList();
    }

    private Map<StatePath, BlobId> effective(CommitId commit) throws StateException {
        Map<StatePath, BlobId> blobs = new HashMap<>();
        for (Map.Entry<StatePath, Entry> file :
                repository.at(commit).effective().entrySet()) {
            blobs.put(file.getKey(), file.getValue().blob());
        }
        return blobs;
    }
}
