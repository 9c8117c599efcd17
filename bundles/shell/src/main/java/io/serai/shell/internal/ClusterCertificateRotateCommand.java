package io.serai.shell.internal;

import io.serai.api.cluster.ClusterNode;
import io.serai.api.cluster.ClusterService;
import io.serai.api.object.ActionService;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Gives this node a new key and certificate. */
@Service
@Command(
        scope = "cluster",
        name = "certificate-rotate",
        description = "Gives this node a new key and certificate; connections stay",
        detailedDescription =
                "The one before is accepted beside it until the next time; cluster:certificate-list shows both")
public class ClusterCertificateRotateCommand extends SeraiCommand {
    @Reference
    ActionService actions;

    @Reference
    ClusterService cluster;

    @Override
    protected void run(PrintStream out) throws Exception {
        String self = cluster.nodes().stream()
                .filter(ClusterNode::self)
                .map(node -> node.member().name())
                .findFirst()
                .orElseThrow(() -> failure("This node belongs to no cluster yet, which its log explains"));
        actions.act(subject(), "node", Optional.of(self), "rotate-certificate", Map.of());
        if (json) {
            JsonOutput.print(out, Map.of("rotated", true));
        } else {
            out.println("This node has a new certificate");
        }
    }
}
