package io.serai.shell.internal;

import io.serai.api.security.AccessControl;
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

/** Lists the files that were changed in two ways while nodes did not see each other. */
@Service
@Command(
        scope = "cluster",
        name = "conflict-list",
        description = "Lists files that were changed in two ways while nodes did not see each other")
public class ClusterConflictListCommand extends SeraiCommand {
    @Reference
    StateReplica replica;

    @Override
    protected void run(PrintStream out) throws Exception {
        require(AccessControl.READ, "conflict", "");
        List<MergeConflict> conflicts = replica.conflicts();
        if (json) {
            JsonOutput.print(
                    out,
                    conflicts.stream().map(ClusterConflictListCommand::conflict).toList());
            return;
        }
        ShellTable table = new ShellTable().emptyTableText("There is no conflict");
        table.column("PATH");
        table.column("WON");
        table.column("LOST");
        table.column("MERGE");
        for (MergeConflict conflict : conflicts) {
            table.addRow()
                    .addContent(
                            conflict.path(),
                            conflict.won().shortValue(),
                            conflict.lost().shortValue(),
                            conflict.merge().shortValue());
        }
        print(table, out);
    }

    private static Map<String, Object> conflict(MergeConflict conflict) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", conflict.path().value());
        json.put("won", conflict.won().value());
        json.put("lost", conflict.lost().value());
        json.put("merge", conflict.merge().value());
        return json;
    }
}
