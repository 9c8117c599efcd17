package io.serai.deployer.internal.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.serai.api.cluster.ClusterQuestion;
import io.serai.api.deploy.DeploymentService;
import io.serai.api.deploy.Verdict;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import io.serai.deployer.internal.reconcile.HeadMoves;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Tells other nodes how artifacts stand on this one: an array of what {@link VerdictJson} has. The argument is empty for all
 * artifacts as they stand now; or an object with {@code commit}, {@code paths} and {@code millis}, to wait until that commit
 * has come here and has been applied.
 */
@Component(service = ClusterQuestion.class, property = ClusterQuestion.NAME + "=" + RolloutQuestion.QUESTION)
public final class RolloutQuestion implements ClusterQuestion {
    static final String QUESTION = "verdicts";
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final DeploymentService deployments;
    private final StateRepository repository;
    private final HeadMoves heads;

    /** Answers with what the deployments of this node are. */
    @Activate
    public RolloutQuestion(
            @Reference DeploymentService deployments,
            @Reference StateRepository repository,
            @Reference HeadMoves heads) {
        this.deployments = deployments;
        this.repository = repository;
        this.heads = heads;
    }

    static byte[] argument(CommitId commit, Collection<StatePath> paths, Duration timeout) {
        Map<String, Object> argument = new LinkedHashMap<>();
        argument.put("commit", commit.value());
        argument.put("paths", paths.stream().map(StatePath::value).toList());
        argument.put("millis", timeout.toMillis());
        return bytes(argument);
    }

    static List<Verdict> read(byte[] answer) {
        try {
            List<Verdict> verdicts = new ArrayList<>();
            JSON.readTree(answer).forEach(json -> verdicts.add(VerdictJson.read(json)));
            return verdicts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] answer(byte[] argument) {
        try {
            List<Verdict> verdicts = argument.length == 0 ? deployments.verdicts() : await(JSON.readTree(argument));
            return bytes(verdicts.stream().map(VerdictJson::of).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The node is stopping", e);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException("The commit was not applied in time", e);
        }
    }

    private List<Verdict> await(JsonNode argument) throws InterruptedException, TimeoutException, ExecutionException {
        CommitId commit = new CommitId(argument.path("commit").asText());
        List<StatePath> paths = new ArrayList<>();
        argument.path("paths").forEach(path -> paths.add(new StatePath(path.asText())));
        long end = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(argument.path("millis").asLong());
        awaitCommit(commit, end);
        return deployments.await(commit, paths).get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void awaitCommit(CommitId commit, long end) throws InterruptedException, TimeoutException {
        Semaphore moves = new Semaphore(0);
        Runnable moved = moves::release;
        heads.addReceiver(moved);
        try {
            while (!isHere(commit)) {
                if (!moves.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    throw new TimeoutException("Commit " + commit + " has not come");
                }
            }
        } finally {
            heads.removeReceiver(moved);
        }
    }

    private boolean isHere(CommitId commit) {
        try {
            return repository.at(commit).commit().equals(commit);
        } catch (StateException e) {
            return false;
        }
    }

    private static byte[] bytes(Object json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
