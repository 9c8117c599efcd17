package io.serai.shell.internal;

import io.serai.api.object.ActionService;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Makes a token that lets one node into the cluster. */
@Service
@Command(
        scope = "cluster",
        name = "token-create",
        description = "Makes a token that lets one node in, once; it is a secret, and shown only now")
public class ClusterTokenCreateCommand extends SeraiCommand {
    @Reference
    ActionService actions;

    @Option(name = "--valid", description = "For how long: 30s, 10m")
    String valid = "10m";

    @Override
    protected void run(PrintStream out) throws Exception {
        Map<String, Object> parameters =
                Map.of("validity", Wording.parseDuration(valid).toString());
        Object token = actions.act(subject(), "node", Optional.empty(), "create-token", parameters)
                .get("token");
        if (json) {
            JsonOutput.print(out, Map.of("token", String.valueOf(token)));
        } else {
            out.println(token);
        }
    }
}
