package io.serai.shell.internal;

import io.serai.api.cluster.Membership;
import java.io.PrintStream;
import java.util.Map;
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
    Membership membership;

    @Override
    void run(PrintStream out) throws Exception {
        membership.rotate(author());
        if (json) {
            JsonOutput.print(out, Map.of("rotated", true));
        } else {
            out.println("This node has a new certificate");
        }
    }
}
