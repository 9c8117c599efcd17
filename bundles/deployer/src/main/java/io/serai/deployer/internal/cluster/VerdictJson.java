package io.serai.deployer.internal.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.api.deploy.Verdict;
import io.serai.api.deploy.Verdict.State;
import io.serai.api.state.BlobId;
import io.serai.api.state.StatePath;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A verdict as the members of a JSON object, for markers and for other nodes. */
public final class VerdictJson {
    private VerdictJson() {}

    /** Returns the members. */
    public static Map<String, @Nullable Object> of(Verdict verdict) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("path", verdict.path().value());
        members.put("state", verdict.state().name());
        members.put("message", verdict.message());
        members.put("detail", verdict.detail());
        members.put("wanted", verdict.wanted().map(BlobId::value).orElse(null));
        members.put("serving", verdict.serving().map(BlobId::value).orElse(null));
        members.put("time", verdict.time().toString());
        return members;
    }

    /** Returns the verdict of an object. */
    public static Verdict read(JsonNode json) {
        return new Verdict(
                new StatePath(json.path("path").asText()),
                State.valueOf(json.path("state").asText()),
                json.path("message").asText(),
                json.path("detail").asText(),
                blob(json.path("wanted")),
                blob(json.path("serving")),
                Instant.parse(json.path("time").asText()));
    }

    private static Optional<BlobId> blob(JsonNode json) {
        return json.isTextual() ? Optional.of(new BlobId(json.asText())) : Optional.empty();
    }
}
