package io.serai.shell.internal.object;

import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectDocument;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectJson;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.object.ObjectPage;
import io.serai.api.object.ObjectQuery;
import io.serai.api.object.ObjectQuery.Condition;
import io.serai.api.object.ObjectQuery.Operator;
import io.serai.api.object.ObjectService;
import io.serai.api.object.ObjectView;
import io.serai.api.security.AccessException;
import io.serai.shell.internal.JsonOutput;
import io.serai.shell.internal.SeraiCommand;
import io.serai.shell.internal.TrailingOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** Shows an object, or lists those of a kind. */
@Service
@Command(
        scope = "serai",
        name = "get",
        description = "Shows an object, or lists those of a kind",
        detailedDescription =
                "Examples: serai:get rest-channel orders; serai:get service --filter spec.workload=CPU; serai:get node --watch")
public class GetCommand extends SeraiCommand {
    private static final Pattern CONDITION = Pattern.compile("([A-Za-z][A-Za-z0-9_.-]*)(!=|=|~)(.*)", Pattern.DOTALL);

    @Reference
    ObjectService objects;

    @Reference
    ObjectCodec codec;

    @Reference
    Heads heads;

    @Option(
            name = "--filter",
            multiValued = true,
            description = "Only those with field=value, field!=value or field~text; repeated: that meet all")
    List<String> filters = List.of();

    @Option(
            name = "--fields",
            description = "With --json: only these of each, with commas between: spec.path,status.state")
    String fields = "";

    @Option(name = "--limit", description = "How many at most")
    String limit = "500";

    @Option(name = "--cursor", description = "Where to go on: next of the page before")
    @Nullable String cursor;

    @Option(name = "--layer", description = "groups/<group> or nodes/<node>; that of all nodes if absent")
    String layer = "";

    @Option(name = "--yaml", description = "Prints YAML, as serai:apply takes it")
    boolean yaml;

    @Option(name = "--watch", description = "Goes on, and shows what changes, until it is interrupted")
    boolean watch;

    @Argument(index = 0, name = "kind", description = "The kind of objects", required = true)
    @Completion(KindCompleter.class)
    String kind = "";

    @Argument(index = 1, name = "name", description = "The object; all of the kind if absent")
    @Completion(ObjectNameCompleter.class)
    @Nullable String name;

    @Argument(index = 2, name = TrailingOptions.OPTIONS, description = "Options", multiValued = true)
    @Completion(
            value = StringsCompleter.class,
            values = {"--cursor", "--fields", "--filter", "--json", "--layer", "--limit", "--watch", "--yaml"})
    @Nullable List<String> options;

    @Override
    protected void run(PrintStream out) throws Exception {
        var seen = heads.current();
        if (name == null) {
            list(out);
        } else {
            show(objects.get(subject(), new ObjectKey(kind, name, layer)), out);
        }
        while (watch && flush(out)) {
            seen = heads.awaitOther(seen);
            follow(seen, out);
        }
    }

    private void list(PrintStream out) throws ObjectException, AccessException, IOException {
        ObjectPage page = objects.list(
                subject(),
                new ObjectQuery(
                        kind,
                        filters.stream().map(GetCommand::condition).toList(),
                        number(limit),
                        Optional.ofNullable(cursor)));
        if (yaml) {
            out.write(codec.yaml(page.objects().stream()
                    .map(view -> new ObjectDocument(view.key(), view.spec()))
                    .toList()));
        } else if (json) {
            List<String> chosen = fields.isEmpty() ? List.of() : List.of(fields.split(",", -1));
            JsonOutput.print(out, ObjectJson.page(kind, page, chosen));
        } else {
            print(new ObjectColumns(objectKind()).table(page.objects()), out);
            page.next().ifPresent(next -> out.println("More: --cursor " + next));
            if (!page.unreachable().isEmpty()) {
                out.println("No answer from " + String.join(", ", page.unreachable()) + "; see cluster:status");
            }
        }
    }

    private ObjectKind objectKind() {
        return objects.kinds().stream()
                .filter(each -> each.name().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private void show(ObjectView view, PrintStream out) throws IOException {
        if (json) {
            JsonOutput.print(out, ObjectJson.view(view));
            return;
        }
        out.write(codec.yaml(List.of(new ObjectDocument(view.key(), view.spec()))));
        if (!yaml) {
            view.status().forEach((field, value) -> out.println("# " + field + ": " + value));
            out.println("# etag: " + view.etag());
        }
    }

    /** Shows what is different at another commit. */
    private void follow(Heads.Step step, PrintStream out) throws ObjectException, AccessException, IOException {
        for (ObjectKey key : objects.changed(step.before(), step.commit())) {
            if (!key.kind().equals(kind) || (name != null && !key.name().equals(name))) {
                continue;
            }
            try {
                ObjectView view = objects.get(subject(), key);
                if (json) {
                    JsonOutput.print(out, ObjectJson.view(view));
                } else {
                    out.println(key + " changed in " + step.commit().shortValue());
                }
            } catch (ObjectException e) {
                if (e.reason() != ObjectException.Reason.NOT_FOUND) {
                    throw e;
                }
                out.println(key + " deleted in " + step.commit().shortValue());
            }
        }
    }

    private static Condition condition(String filter) {
        Matcher condition = CONDITION.matcher(filter);
        if (!condition.matches()) {
            throw new IllegalArgumentException("--filter is '" + filter
                    + "', but must be field=value, field!=value or field~text, such as spec.service=orders.get");
        }
        Operator operator =
                switch (condition.group(2)) {
                    case "=" -> Operator.IS;
                    case "!=" -> Operator.NOT;
                    default -> Operator.CONTAINS;
                };
        return new Condition(condition.group(1), operator, condition.group(3));
    }

    private static int number(String text) {
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException("--limit is '" + text + "', but must be a number from 1");
        }
        return Integer.parseInt(text);
    }
}
