package io.serai.shell.internal;

import io.serai.api.cluster.Member;
import io.serai.api.cluster.Membership;
import io.serai.api.object.ActionService;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** Removes a node from the cluster for good. */
@Service
@Command(
        scope = "cluster",
        name = "node-forget",
        description = "Removes a node from the cluster for good, and revokes its certificates",
        detailedDescription =
                "What the node shows to prove itself is refused by all others from now on, and it is let in again"
                        + " with a new token only: see cluster:token-create. For a node of this machine that runs: serai node remove")
public class ClusterNodeForgetCommand extends SeraiCommand {
    @Reference
    Membership membership;

    @Reference
    ActionService actions;

    @Argument(index = 0, name = "node", description = "The node", required = true)
    @Completion(NodeNameCompleter.class)
    String name = "";

    @Argument(index = 1, name = TrailingOptions.OPTIONS, description = "Options", multiValued = true)
    @Completion(
            value = StringsCompleter.class,
            values = {"--json"})
    @Nullable List<String> options;

    @Override
    protected void run(PrintStream out) throws Exception {
        List<String> names = membership.members().stream().map(Member::name).toList();
        if (!names.contains(name)) {
            throw new KnownNames("node", names).unknown(name);
        }
        actions.act(subject(), "node", Optional.of(name), "forget", Map.of());
        if (json) {
            JsonOutput.print(out, Map.of("node", name, "forgotten", true));
        } else {
            out.println("Forgot " + name + "; to let it in again, give it a new token");
        }
    }
}
