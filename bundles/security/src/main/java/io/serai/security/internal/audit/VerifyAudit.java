package io.serai.security.internal.audit;

import io.serai.api.cluster.ClusterService;
import io.serai.api.object.ObjectAction;
import io.serai.security.internal.audit.AuditWire.Ask;
import io.serai.security.internal.audit.AuditWire.Filter;
import io.serai.security.internal.audit.AuditWire.Wish;
import io.serai.security.internal.audit.LogsOfNodes.Answers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Has every node read its whole log, and says where one is not what it was. */
@Component(service = ObjectAction.class)
public final class VerifyAudit implements ObjectAction {
    /** A node reads some hundred megabytes of log in a second or two; this is a log of years. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final LogsOfNodes logs;

    /** Asks the nodes of a cluster. */
    @Activate
    public VerifyAudit(@Reference ClusterService cluster) {
        this.logs = new LogsOfNodes(cluster);
    }

    @Override
    public String kind() {
        return AuditKind.NAME;
    }

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public boolean ofObject() {
        return false;
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "additionalProperties": false,
                 "description": "Checks the hashes of the whole audit log on all nodes; says where one was changed"}""";
    }

    @Override
    public Map<String, Object> run(Call call) {
        Answers answers = logs.ask(new Ask(AuditWire.VERSION, Wish.VERIFY, 0, Filter.NONE), PATIENCE);
        Map<String, Object> nodes = new LinkedHashMap<>();
        answers.byNode().forEach((node, answer) -> nodes.put(node, told(answer.broken())));
        boolean whole = answers.byNode().values().stream().allMatch(answer -> answer.broken() == null);
        return Map.of("intact", whole, "nodes", nodes, "unreachable", answers.unreachable());
    }

    private static String told(@Nullable Long broken) {
        return broken == null ? "intact" : "not what it was from entry " + broken + " on";
    }
}
