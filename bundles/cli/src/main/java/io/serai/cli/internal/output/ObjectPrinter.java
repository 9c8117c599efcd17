package io.serai.cli.internal.output;

import io.serai.cli.internal.catalog.KindModel;
import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.Console;
import io.serai.cli.internal.rest.ApiAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Prints objects of one kind in the form that was asked for. */
public final class ObjectPrinter {
    private final Console console;
    private final OutputFormat format;
    private final KindModel kind;

    /** Prints to a console. */
    public ObjectPrinter(Console console, OutputFormat format, KindModel kind) {
        this.console = console;
        this.format = format;
        this.kind = kind;
    }

    /** Prints one object as the API answered it; as YAML, if that was asked for. */
    public void one(ApiAnswer answer) throws CommandException {
        switch (format.form()) {
            case JSON, YAML -> console.raw(answer.body());
            default -> print(answer.json(), List.of(answer.json()));
        }
    }

    /** Prints a page of objects as the API answered it. */
    public void page(ApiAnswer answer) throws CommandException {
        if (format.form() == OutputFormat.Form.JSON) {
            console.raw(answer.body());
            return;
        }
        Map<String, Object> page = answer.json();
        List<Map<String, Object>> items =
                JsonTree.list(page.get("items")).stream().map(JsonTree::map).toList();
        print(page, items);
        if (page.containsKey("next")) {
            console.err()
                    .println("Note: these are " + items.size() + " of " + page.get("total")
                            + "; narrow it with --filter, or go on with --cursor " + page.get("next"));
        }
        List<Object> unreachable = JsonTree.list(page.get("unreachable"));
        if (!unreachable.isEmpty()) {
            console.err().println("Note: not reached: " + Console.harmless(JsonTree.plain(unreachable)));
        }
    }

    /** Prints objects; the path of {@code jsonpath} begins at the root. */
    public void print(Map<String, Object> root, List<Map<String, Object>> objects) {
        switch (format.form()) {
            case NAME -> objects.forEach(object -> console.line(kind.name() + "/" + JsonTree.textAt(object, "name")));
            case JSONPATH -> format.path().orElseThrow().of(root).forEach(value -> console.line(JsonTree.plain(value)));
            case YAML -> console.out().print(yaml(objects));
            case JSON -> objects.forEach(object -> console.raw(JsonTree.write(object)));
            default -> table(objects);
        }
    }

    private void table(List<Map<String, Object>> objects) {
        if (objects.isEmpty()) {
            console.err().println("There is no " + kind.name() + ".");
            return;
        }
        ObjectTable.of(kind, objects, format.form() == OutputFormat.Form.WIDE)
                .lines(objects)
                .forEach(console::line);
    }

    /** Returns objects as documents that can be applied. */
    private static String yaml(List<Map<String, Object>> objects) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setExplicitStart(true);
        options.setSplitLines(false);
        List<Object> documents = new ArrayList<>();
        for (Map<String, Object> object : objects) {
            Map<String, Object> document = new LinkedHashMap<>(object);
            document.keySet().retainAll(List.of("kind", "name", "layer", "spec"));
            documents.add(document);
        }
        return documents.isEmpty() ? "" : new Yaml(options).dumpAll(documents.iterator());
    }
}
