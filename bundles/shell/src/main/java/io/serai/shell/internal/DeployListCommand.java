package io.serai.shell.internal;

import io.serai.api.deploy.DeploymentService;
import io.serai.api.deploy.Verdict;
import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

/** Lists how the artifacts stand on this node. */
@Service
@Command(scope = "deploy", name = "list", description = "Lists the artifacts and how they stand on this node")
public class DeployListCommand extends SeraiCommand {
    @Reference
    DeploymentService deployments;

    @Override
    void run(PrintStream out) throws Exception {
        List<Verdict> verdicts = deployments.verdicts();
        if (json) {
            JsonOutput.print(out, verdicts.stream().map(JsonOutput::verdict).toList());
            return;
        }
        print(table(verdicts), out);
    }

    static ShellTable table(List<Verdict> verdicts) {
        ShellTable table = new ShellTable().emptyTableText("Nothing is deployed; drop a file into the deploy folder");
        table.column("PATH");
        table.column("STATE");
        table.column("SERVING");
        table.column("SINCE");
        table.column("MESSAGE");
        for (Verdict verdict : verdicts) {
            table.addRow()
                    .addContent(
                            verdict.path(),
                            verdict.state(),
                            Wording.shortId(verdict.serving()),
                            Wording.time(verdict.time()),
                            verdict.message().lines().findFirst().orElse(""));
        }
        return table;
    }
}
