package io.serai.shell.internal.object;

import io.serai.api.object.ObjectChange;
import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectDocument;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectJson;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectResult;
import io.serai.api.object.ObjectResult.Action;
import io.serai.api.object.ObjectService;
import io.serai.api.security.AccessException;
import io.serai.api.state.Content;
import io.serai.shell.internal.ChangeCommand;
import io.serai.shell.internal.JsonOutput;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.support.CommandException;

/** A command that puts or removes objects: all of them in one commit, or none. */
abstract class ObjectChangeCommand extends ChangeCommand {
    @Reference
    ObjectService objects;

    @Reference
    ObjectCodec codec;

    @Option(name = "--dry-run", description = "Changes nothing, but says what would be changed")
    boolean dryRun;

    @Option(name = "--message", description = "Why; for the history")
    String message = "";

    /** Returns what is to be different. */
    abstract ObjectChange change() throws Exception;

    @Override
    protected void run(PrintStream out) throws Exception {
        checkOptions();
        ObjectResult result = objects.apply(subject(), change());
        if (json && dryRun) {
            JsonOutput.print(out, ObjectJson.result(result, true));
            return;
        }
        if (!json) {
            String note = dryRun ? " (dry run)" : "";
            result.outcomes().forEach(outcome -> out.println(outcome.key() + " " + ObjectJson.word(outcome) + note));
        }
        if (dryRun) {
            return;
        }
        Applied applied = await(result.commit(), result.paths());
        if (json) {
            printJson(ObjectJson.result(result, false), applied, out);
        } else {
            // of what no node deploys, such as users, it is told that nothing runs
            boolean removes = result.outcomes().stream().anyMatch(outcome -> outcome.action() == Action.DELETED);
            print(removes ? applied : applied.withoutRemovals(), out);
        }
    }

    final ObjectChange change(
            List<ObjectDocument> puts, Set<ObjectKey> deletions, Map<ObjectKey, String> expected, boolean cascade) {
        return new ObjectChange(
                puts, deletions, expected, message, new ObjectChange.Options(dryRun, cascade, Set.of(), pace()));
    }

    /** Reads documents of a file of the node's machine, which is for administrators, or of the input. */
    final List<ObjectDocument> documents(String file)
            throws AccessException, CommandException, IOException, ObjectException {
        return codec.read(file.equals(ObjectInput.STANDARD_INPUT) ? "input" : file, content(file));
    }

    final Content content(String file) throws AccessException, CommandException, IOException {
        if (file.equals(ObjectInput.STANDARD_INPUT)) {
            return ObjectInput.piped();
        }
        requireAdministrator();
        return ObjectInput.file(session.currentDir().resolve(file));
    }
}
