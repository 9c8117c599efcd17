package io.serai.shell.internal;

import io.serai.api.cluster.Membership;
import java.io.PrintStream;
import java.util.Map;
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
    Membership membership;

    @Option(name = "--valid", description = "For how long: 30s, 10m")
    String valid = "10m";

    @Override
    void run(PrintStream out) throws Exception {
        String token = membership.createToken(Wording.parseDuration(valid), author());
        if (json) {
            JsonOutput.print(out, Map.of("token", token));
        } else {
            out.println(token);
        }
    }
}
