package io.serai.cluster.internal.kind;

import io.serai.api.cluster.ClusterNode;
import io.serai.api.cluster.ClusterService;
import io.serai.api.cluster.Member;
import io.serai.api.object.ObservedKind;
import io.serai.api.object.SchemaFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kind {@code node}: the members, as this node sees them. */
@Component(service = ObservedKind.class)
public final class NodeKind implements ObservedKind {
    static final String NAME = "node";

    private final ClusterService cluster;
    private final String schema = SchemaFile.read(NodeKind.class, NAME);

    /** Looks at a cluster. */
    @Activate
    public NodeKind(@Reference ClusterService cluster) {
        this.cluster = cluster;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String schema() {
        return schema;
    }

    @Override
    public Observation observe() {
        List<Observed> nodes = cluster.nodes().stream().map(NodeKind::observed).toList();
        List<String> unreachable = cluster.nodes().stream()
                .filter(node -> node.status() == ClusterNode.Status.UNREACHABLE)
                .map(node -> node.member().name())
                .sorted()
                .toList();
        return new Observation(nodes, unreachable);
    }

    private static Observed observed(ClusterNode node) {
        Member member = node.member();
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("id", member.id().toString());
        spec.put("host", member.host());
        spec.put("clusterPort", (long) member.clusterPort());
        spec.put("adminPort", (long) member.adminPort());
        spec.put("groups", member.groups());
        spec.put("certificates", member.certificates().stream().sorted().toList());
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("state", node.status().name());
        node.head().ifPresent(head -> status.put("head", head.value()));
        status.put("leads", node.leads());
        return new Observed(member.name(), spec, status);
    }
}
