package io.serai.shell.internal;

import io.serai.api.cluster.ClusterNode;
import io.serai.api.cluster.ClusterService;
import io.serai.api.security.AccessControl;
import io.serai.api.state.CommitId;
import io.serai.api.state.MergeConflict;
import io.serai.api.state.StateReplica;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Shows the nodes of the cluster as this one sees them, and what merges left to look at. */
@Service
@Command(scope = "cluster", name = "status", description = "Shows the nodes of the cluster, as this one sees them")
public class ClusterStatusCommand extends SeraiCommand {
    @Reference
    ClusterService cluster;

    @Reference
    StateReplica replica;

    @Override
    protected void run(PrintStream out) throws Exception {
        require(AccessControl.READ, "node", "");
        List<ClusterNode> nodes = cluster.nodes();
        List<MergeConflict> conflicts = replica.conflicts();
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("nodes", nodes.stream().map(ClusterStatusCommand::node).toList());
            document.put("conflicts", conflicts.size());
            JsonOutput.print(out, document);
            return;
        }
        print(table(nodes), out);
        if (!conflicts.isEmpty()) {
            String files = conflicts.size() == 1 ? "1 file was" : conflicts.size() + " files were";
            out.println(files + " changed on two sides; to see what: cluster:conflict-list");
        }
    }

    private static ShellTable table(List<ClusterNode> nodes) {
        ShellTable table = new ShellTable();
        table.column("NODE");
        table.column("STATUS");
        table.column("LEADS");
        table.column("GROUPS");
        table.column("HEAD");
        table.column("ADDRESS");
        for (ClusterNode node : nodes) {
            table.addRow()
                    .addContent(
                            node.member().name() + (node.self() ? " (this one)" : ""),
                            node.status(),
                            node.leads() ? "yes" : "",
                            String.join(", ", node.member().groups()),
                            node.head().map(CommitId::shortValue).orElse("-"),
                            node.member().host() + ":" + node.member().clusterPort());
        }
        return table;
    }

    private static Map<String, @Nullable Object> node(ClusterNode node) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", node.member().name());
        json.put("id", node.member().id().toString());
        json.put("status", node.status().name());
        json.put("leads", node.leads());
        json.put("self", node.self());
        json.put("groups", node.member().groups());
        json.put("head", node.head().map(CommitId::value).orElse(null));
        json.put("host", node.member().host());
        json.put("clusterPort", node.member().clusterPort());
        json.put("adminPort", node.member().adminPort());
        return json;
    }
}
