package io.serai.admin.internal.rest;

import io.serai.api.deploy.Rollout;
import io.serai.api.deploy.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;

/** How nodes have followed a change, as the API writes it. */
final class RolloutJson {
    private RolloutJson() {}

    static Map<String, Object> of(Rollout rollout) {
        Map<String, Object> nodes = new LinkedHashMap<>();
        rollout.nodes()
                .forEach((node, verdicts) -> nodes.put(
                        node, verdicts.stream().map(RolloutJson::verdict).toList()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("succeeded", rollout.succeeded());
        json.put("nodes", nodes);
        json.put("silent", rollout.silent());
        return json;
    }

    private static Map<String, Object> verdict(Verdict verdict) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", verdict.path().value());
        json.put("state", verdict.state().name());
        json.put("message", verdict.message());
        if (!verdict.detail().isEmpty()) {
            json.put("detail", verdict.detail());
        }
        return json;
    }
}
