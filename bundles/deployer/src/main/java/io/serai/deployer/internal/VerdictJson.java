package io.serai.deployer.internal;

import io.serai.api.deploy.Verdict;
import io.serai.api.state.BlobId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A verdict as the members of a JSON object, for markers and for other nodes. */
final class VerdictJson {
    private VerdictJson() {}

    static Map<String, @Nullable Object> of(Verdict verdict) {
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
}
