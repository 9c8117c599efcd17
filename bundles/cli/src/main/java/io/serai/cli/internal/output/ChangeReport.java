package io.serai.cli.internal.output;

import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.Console;
import io.serai.cli.internal.console.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says what a change did to each object, and how nodes have applied it. */
public final class ChangeReport {
    private final Console console;
    private final Map<String, Object> result;

    /** Reports what the API answered a change. */
    public ChangeReport(Console console, Map<String, Object> result) {
        this.console = console;
        this.result = result;
    }

    /** Prints a line for each object, and one for each node that was waited for; fails if a node has not applied it. */
    public void print() throws CommandException {
        String note = Boolean.TRUE.equals(result.get("dryRun")) ? " (dry run)" : "";
        for (Object each : JsonTree.list(result.get("objects"))) {
            Map<String, Object> object = JsonTree.map(each);
            console.line(label(object) + " " + JsonTree.textAt(object, "action") + note);
        }
        Map<String, Object> rollout = JsonTree.map(result.get("rollout"));
        List<String> broken = new ArrayList<>();
        JsonTree.map(rollout.get("nodes")).forEach((node, verdicts) -> {
            for (Object each : JsonTree.list(verdicts)) {
                Map<String, Object> verdict = JsonTree.map(each);
                String text = "  " + node + "  " + JsonTree.textAt(verdict, "state") + "  "
                        + JsonTree.textAt(verdict, "path") + ": " + JsonTree.textAt(verdict, "message");
                console.line(text);
                if (!List.of("ACTIVE", "REMOVED").contains(JsonTree.textAt(verdict, "state"))) {
                    broken.add(node);
                }
            }
        });
        List<Object> silent = JsonTree.list(rollout.get("silent"));
        if (Boolean.FALSE.equals(rollout.get("succeeded"))) {
            throw failure(broken, silent);
        }
    }

    private static CommandException failure(List<String> broken, List<Object> silent) {
        if (broken.isEmpty()) {
            return CommandException.of(
                    ExitCode.TIMEOUT,
                    "It is kept, and these nodes have not applied it in time: " + JsonTree.plain(silent),
                    "serai get node");
        }
        return CommandException.of(
                ExitCode.FAILED,
                "It is kept, and does not run on "
                        + String.join(", ", broken.stream().distinct().toList())
                        + "; what served before goes on where it did",
                "serai history ARTIFACT, then serai rollback ARTIFACT");
    }

    /** Prints in which fields objects differ; returns whether any does. */
    public boolean printDifferences() {
        boolean different = false;
        for (Object each : JsonTree.list(result.get("objects"))) {
            Map<String, Object> object = JsonTree.map(each);
            String action = JsonTree.textAt(object, "action");
            if (action.equals("unchanged")) {
                continue;
            }
            different = true;
            String sign = action.equals("created") ? "+ " : action.equals("deleted") ? "- " : "~ ";
            console.line(sign + label(object));
            for (Object difference : JsonTree.list(object.get("differences"))) {
                Map<String, Object> field = JsonTree.map(difference);
                side(field, "before", "  - ");
                side(field, "after", "  + ");
            }
        }
        return different;
    }

    private void side(Map<String, Object> field, String side, String sign) {
        Object value = field.get(side);
        if (value != null) {
            console.line(sign + JsonTree.textAt(field, "pointer") + ": " + JsonTree.text(value));
        }
    }

    private static String label(Map<String, Object> object) {
        String layer = JsonTree.textAt(object, "layer");
        return JsonTree.textAt(object, "kind") + "/" + JsonTree.textAt(object, "name")
                + (layer.isEmpty() ? "" : " (" + layer + ")");
    }
}
