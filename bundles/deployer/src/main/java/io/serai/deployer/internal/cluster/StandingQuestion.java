package io.serai.deployer.internal.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.serai.api.cluster.ClusterQuestion;
import io.serai.api.deploy.DeploymentService;
import io.serai.api.deploy.Verdict;
import io.serai.api.deploy.Verdict.State;
import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import io.serai.deployer.internal.rolling.RollingContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Tells other nodes how contents of rolling changes stand on this one. The argument is an array of objects with {@code path},
 * {@code blob} and {@code commit}; the answer an array of what {@link VerdictJson} has, without those that this node is not to
 * run.
 */
@Component(service = ClusterQuestion.class, property = ClusterQuestion.NAME + "=" + StandingQuestion.QUESTION)
public final class StandingQuestion implements ClusterQuestion {
    static final String QUESTION = "standing";
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final DeploymentService deployments;
    private final StateRepository repository;

    /** Answers with what the deployments of this node are. */
    @Activate
    public StandingQuestion(@Reference DeploymentService deployments, @Reference StateRepository repository) {
        this.deployments = deployments;
        this.repository = repository;
    }

    static byte[] argument(Collection<RollingContent> contents) {
        try {
            return JSON.writeValueAsBytes(contents.stream()
                    .map(content -> Map.of(
                            "path", content.path().value(),
                            "blob", content.blob().value(),
                            "commit", content.commit().value()))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] answer(byte[] argument) {
        List<Map<String, ?>> verdicts = new ArrayList<>();
        Map<CommitId, Boolean> applied = new HashMap<>();
        try {
            for (JsonNode json : JSON.readTree(argument)) {
                RollingContent content = new RollingContent(
                        new StatePath(json.path("path").asText()),
                        new BlobId(json.path("blob").asText()),
                        new CommitId(json.path("commit").asText()));
                verdict(content, applied).ifPresent(verdict -> verdicts.add(VerdictJson.of(verdict)));
            }
            return JSON.writeValueAsBytes(verdicts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Verdict> verdict(RollingContent content, Map<CommitId, Boolean> applied) {
        // before the verdict, which may come in between
        boolean isPast = applied.computeIfAbsent(content.commit(), this::isApplied);
        Optional<Verdict> known = deployments.verdict(content.path()).filter(verdict -> verdict.wanted()
                .equals(Optional.of(content.blob())));
        return known.isPresent() || isPast ? known : Optional.of(notYet(content));
    }

    private boolean isApplied(CommitId commit) {
        try {
            Optional<CommitId> head = deployments.applied();
            return head.isPresent() && repository.log(head.get(), commit).isEmpty();
        } catch (StateException e) {
            return false; // it has not come
        }
    }

    private static Verdict notYet(RollingContent content) {
        return new Verdict(
                content.path(),
                State.DEPLOYING,
                "has not come yet",
                "",
                Optional.of(content.blob()),
                Optional.empty(),
                Instant.EPOCH);
    }
}
