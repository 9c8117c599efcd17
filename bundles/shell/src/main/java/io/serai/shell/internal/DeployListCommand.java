package io.serai.shell.internal;

import io.serai.api.deploy.ClusterDeploymentService;
import io.serai.api.deploy.DeploymentService;
import io.serai.api.deploy.Verdict;
import io.serai.api.security.AccessControl;
import io.serai.api.text.NaturalOrder;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Lists how the artifacts stand on this node, or on all. */
@Service
@Command(
        scope = "deploy",
        name = "list",
        description = "Lists the artifacts and how they stand on this node, or on all")
public class DeployListCommand extends SeraiCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String THIS_NODE = "(this one)";

    @Reference
    DeploymentService deployments;

    @Reference(optional = true)
    @Nullable ClusterDeploymentService cluster;

    @Option(name = "--nodes", description = "Lists them as they stand on all nodes in reach")
    boolean nodes;

    @Override
    protected void run(PrintStream out) throws Exception {
        require(AccessControl.READ, "artifact", "");
        List<Verdict> here = deployments.verdicts();
        if (!nodes) {
            if (json) {
                JsonOutput.print(out, here.stream().map(JsonOutput::verdict).toList());
            } else {
                print(table(here), out);
            }
            return;
        }
        Map<String, List<Verdict>> all = new TreeMap<>(NaturalOrder.OF_NAMES);
        all.put(THIS_NODE, here);
        List<String> silent = new ArrayList<>();
        others().forEach((node, answer) -> {
            // waits for each in turn, which takes no longer than the slowest
            answer.handle((verdicts, failure) -> failure == null ? all.put(node, verdicts) : silent.add(node))
                    .join();
        });
        if (json) {
            JsonOutput.print(out, documents(all));
            return;
        }
        print(table(all), out);
        if (!silent.isEmpty()) {
            out.println("No answer from " + String.join(", ", silent) + "; see cluster:status");
        }
    }

    private Map<String, CompletableFuture<List<Verdict>>> others() {
        return cluster == null ? Map.of() : cluster.verdicts(PATIENCE);
    }

    private static List<Map<String, @Nullable Object>> documents(Map<String, List<Verdict>> all) {
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        all.forEach((node, verdicts) -> verdicts.forEach(verdict -> {
            Map<String, @Nullable Object> document = JsonOutput.verdict(verdict);
            document.put("node", node.equals(THIS_NODE) ? null : node);
            documents.add(document);
        }));
        return documents;
    }

    static ShellTable table(List<Verdict> verdicts) {
        ShellTable table = columns(new ShellTable());
        verdicts.forEach(verdict -> table.addRow().addContent(row(verdict)));
        return table;
    }

    private static ShellTable table(Map<String, List<Verdict>> all) {
        ShellTable table = new ShellTable();
        table.column("NODE");
        columns(table);
        all.forEach((node, verdicts) -> verdicts.forEach(verdict -> {
            List<Object> row = new ArrayList<>(List.of(node));
            row.addAll(row(verdict));
            table.addRow().addContent(row);
        }));
        return table;
    }

    private static ShellTable columns(ShellTable table) {
        table.emptyTableText("Nothing is deployed; drop a file into the deploy folder");
        table.column("PATH");
        table.column("STATE");
        table.column("SERVING");
        table.column("SINCE");
        table.column("MESSAGE");
        return table;
    }

    private static List<Object> row(Verdict verdict) {
        return List.of(
                verdict.path(),
                verdict.state(),
                Wording.shortId(verdict.serving()),
                Wording.time(verdict.time()),
                verdict.message().lines().findFirst().orElse(""));
    }
}
