package io.serai.shell.internal;

import io.serai.api.security.Subject;
import io.serai.api.state.Compaction;
import io.serai.api.state.Compaction.Reason;
import io.serai.api.state.StateCompactionService;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;

/** Drops old versions of the state on this node. */
@Service
@Command(
        scope = "state",
        name = "compact",
        description = "Drops old versions on this node beyond the retention of io.serai.state, and says what it kept")
public class StateCompactCommand extends SeraiCommand {
    @Reference
    StateCompactionService compaction;

    @Option(name = "--dry-run", description = "Drops nothing, but says what would be dropped")
    boolean dryRun;

    @Override
    protected void run(PrintStream out) throws Exception {
        Subject subject = require("compact", "revision", "");
        Compaction result = compaction.compact(dryRun);
        if (!dryRun) {
            done(subject, "compact", "revision", "");
        }
        if (json) {
            JsonOutput.print(out, json(result));
            return;
        }
        if (!result.dropped().isEmpty()) {
            ShellTable table = new ShellTable();
            table.column("PATH");
            table.column(dryRun ? "WOULD DROP" : "DROPPED").alignRight();
            result.dropped().forEach((path, versions) -> table.addRow().addContent(path, versions));
            print(table, out);
        }
        out.println((dryRun ? "Would drop " : "Dropped ") + result.versions() + " versions of "
                + result.dropped().size() + " files, " + result.bytes() + " bytes; " + result.gone()
                + " contents were gone before");
        out.println("Kept " + result.contents() + " contents:");
        result.kept().forEach((reason, count) -> out.println("  " + count + " " + why(reason)));
    }

    private static String why(Reason reason) {
        return switch (reason) {
            case HEAD -> "that the head has";
            case CONFLICT -> "that are sides of a conflict, or that a merge may choose";
            case TRANSFER -> "that a transfer or a proposal needs";
            case RECENT -> "that the state had within the retention";
            case NEWEST -> "that are among the newest versions of a file";
        };
    }

    private Map<String, Object> json(Compaction result) {
        Map<String, Object> dropped = new LinkedHashMap<>();
        result.dropped().forEach((path, versions) -> dropped.put(path.value(), versions));
        Map<String, Object> kept = new LinkedHashMap<>();
        for (Reason reason : Reason.values()) {
            kept.put(reason.name().toLowerCase(Locale.ROOT), result.kept(reason));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dryRun", dryRun);
        json.put("versions", result.versions());
        json.put("bytes", result.bytes());
        json.put("gone", result.gone());
        json.put("dropped", dropped);
        json.put("kept", kept);
        return json;
    }
}
