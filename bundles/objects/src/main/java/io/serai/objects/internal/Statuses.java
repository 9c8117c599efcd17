package io.serai.objects.internal;

import io.serai.api.deploy.DeploymentService;
import io.serai.api.deploy.Verdict;
import io.serai.api.state.StatePath;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How objects that are files fare on this node: the verdicts on their files. */
final class Statuses {
    private final Map<StatePath, Verdict> verdicts;

    private Statuses(Map<StatePath, Verdict> verdicts) {
        this.verdicts = verdicts;
    }

    /** Asks for all at once. */
    static Statuses all(@Nullable DeploymentService deployments) {
        Map<StatePath, Verdict> verdicts = new HashMap<>();
        if (deployments != null) {
            deployments.verdicts().forEach(verdict -> verdicts.put(verdict.path(), verdict));
        }
        return new Statuses(verdicts);
    }

    /** Asks for one. */
    static Statuses of(@Nullable DeploymentService deployments, StatePath path) {
        Optional<Verdict> verdict = deployments == null ? Optional.empty() : deployments.verdict(path);
        return new Statuses(verdict.map(known -> Map.of(path, known)).orElse(Map.of()));
    }

    /** Returns the status of a file; empty if nothing on this node takes it. */
    Map<String, Object> of(StatePath path) {
        Verdict verdict = verdicts.get(path);
        if (verdict == null) {
            return Map.of();
        }
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("state", verdict.state().name());
        status.put("message", verdict.message());
        if (!verdict.detail().isEmpty()) {
            status.put("detail", verdict.detail());
        }
        verdict.serving().ifPresent(blob -> status.put("serving", blob.value()));
        status.put("since", verdict.time().toString());
        return status;
    }

    /** Returns the status of an object whose file cannot be read. */
    static Map<String, Object> unreadable(String problem) {
        return Map.of("state", "INVALID", "message", problem);
    }
}
