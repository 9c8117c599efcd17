package io.serai.shell.internal.object;

import io.serai.api.object.ActionService;
import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectKey;
import io.serai.shell.internal.JsonOutput;
import io.serai.shell.internal.SeraiCommand;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Does an action with an object or a kind. */
@Service
@Command(
        scope = "serai",
        name = "run",
        description = "Does an action with an object, or with a kind, and prints its answer as JSON",
        detailedDescription =
                "Examples: serai:run artifact rollback orders.jar to=2; serai:run node create-token validity=PT1H")
public class RunCommand extends SeraiCommand {
    @Reference
    ActionService actions;

    @Reference
    ObjectCodec codec;

    @Argument(index = 0, name = "kind", description = "The kind", required = true)
    @Completion(KindCompleter.class)
    String kind = "";

    @Argument(index = 1, name = "action", description = "The action", required = true)
    @Completion(ActionNameCompleter.class)
    String action = "";

    @Argument(
            index = 2,
            name = "object and parameters",
            description =
                    "The name of the object, unless the action is one with the kind; then parameters as name=value, or JSON",
            valueToShowInHelp = "",
            multiValued = true)
    @Completion(ActedObjectCompleter.class)
    List<String> words = List.of();

    @Override
    protected void run(PrintStream out) throws Exception {
        Optional<ObjectAction> known = actions.actions().stream()
                .filter(each -> each.kind().equals(kind) && each.name().equals(action))
                .findFirst();
        // what is no action is refused by the action service, which names the nearest
        boolean ofObject = known.map(ObjectAction::ofObject).orElse(!words.isEmpty());
        if (ofObject && words.isEmpty()) {
            throw failure("Action " + action + " of " + kind + " is done with one object; name it behind the action");
        }
        Optional<String> object = ofObject ? Optional.of(words.get(0)) : Optional.empty();
        List<String> parameters = words.subList(ofObject ? 1 : 0, words.size());
        Map<String, Object> given = new TypedFields(
                        known.map(ObjectAction::schema).orElse("{}"), codec)
                .read(ObjectKey.of(kind, action), parameters)
                .spec();
        JsonOutput.print(out, actions.act(subject(), kind, object, action, given));
    }
}
