package io.serai.shell.internal.object;

import io.serai.api.object.ObjectChange;
import io.serai.api.object.ObjectJson;
import io.serai.api.object.ObjectResult;
import io.serai.api.object.ObjectResult.Action;
import io.serai.api.object.ObjectResult.Difference;
import io.serai.api.object.ObjectResult.Outcome;
import io.serai.shell.internal.JsonOutput;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Says in which fields the objects of a text differ from those of the cluster. */
@Service
@Command(
        scope = "serai",
        name = "diff",
        description = "Says in which fields the objects of a YAML or JSON text differ from those of the cluster")
public class DiffCommand extends ApplyCommand {
    @Override
    protected void run(PrintStream out) throws Exception {
        dryRun = true;
        ObjectChange change = change();
        ObjectResult result = objects.apply(subject(), change);
        if (json) {
            JsonOutput.print(out, ObjectJson.result(result, true));
            return;
        }
        result.outcomes().stream()
                .filter(outcome -> outcome.action() != Action.UNCHANGED)
                .forEach(outcome -> print(outcome, out));
    }

    private static void print(Outcome outcome, PrintStream out) {
        String sign =
                switch (outcome.action()) {
                    case CREATED -> "+ ";
                    case DELETED -> "- ";
                    default -> "~ ";
                };
        out.println(sign + outcome.key());
        for (Difference difference : outcome.differences()) {
            difference.before().ifPresent(before -> out.println("  - " + difference.pointer() + ": " + before));
            difference.after().ifPresent(after -> out.println("  + " + difference.pointer() + ": " + after));
        }
    }
}
