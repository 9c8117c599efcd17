package io.serai.deployer.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.api.cluster.ClusterQuestion;
import io.serai.api.deploy.DeploymentService;
import io.serai.api.state.CommitId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Tells other nodes how artifacts stand on this one: a JSON object with {@code applied}, the commit that was applied last or
 * null, and {@code verdicts}, an array of what {@link VerdictJson} has. The argument is ignored.
 */
@Component(service = ClusterQuestion.class, property = ClusterQuestion.NAME + "=verdicts")
public final class VerdictQuestion implements ClusterQuestion {
    private final ObjectMapper mapper = new ObjectMapper();
    private final DeploymentService deployments;

    /** Answers with what the deployments of this node are. */
    @Activate
    public VerdictQuestion(@Reference DeploymentService deployments) {
        this.deployments = deployments;
    }

    @Override
    public byte[] answer(byte[] argument) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("applied", deployments.applied().map(CommitId::value).orElse(null));
        answer.put(
                "verdicts", deployments.verdicts().stream().map(VerdictJson::of).toList());
        try {
            return mapper.writeValueAsBytes(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Strings can be written as JSON", e);
        }
    }
}
