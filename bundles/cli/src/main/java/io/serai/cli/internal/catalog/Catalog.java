package io.serai.cli.internal.catalog;

import io.serai.api.text.NearNames;
import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.ExitCode;
import io.serai.cli.internal.output.JsonTree;
import io.serai.cli.internal.rest.ApiClient;
import io.serai.cli.internal.rest.ApiRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The kinds of objects that a cluster has, and what can be done with them.
 *
 * @param kinds by name
 */
public record Catalog(Map<String, KindModel> kinds) {
    private static final String NAME = "{name}";
    private static final String CONTENT = "content";

    /** Asks a cluster for its description. */
    public static Catalog of(ApiClient client) throws CommandException {
        return of(client.send(ApiRequest.of("GET", "openapi.json")).json());
    }

    /** Reads a description (OpenAPI 3.1). */
    static Catalog of(Map<String, Object> document) {
        Map<String, Object> paths = JsonTree.map(document.get("paths"));
        Map<String, KindModel> kinds = new TreeMap<>();
        Map<String, Object> components = JsonTree.map(document.get("components"));
        JsonTree.map(components.get("schemas")).forEach((name, schema) -> {
            Map<String, Object> properties = JsonTree.map(JsonTree.map(schema).get("properties"));
            Map<String, Object> object = JsonTree.map(paths.get("/" + name + "/" + NAME));
            boolean hasFile = paths.containsKey("/" + name + "/" + NAME + "/" + CONTENT);
            kinds.put(
                    name,
                    new KindModel(
                            name,
                            JsonTree.map(properties.get("spec")),
                            object.containsKey("put"),
                            hasFile,
                            actions(name, paths)));
        });
        return new Catalog(kinds);
    }

    private static List<ActionModel> actions(String kind, Map<String, Object> paths) {
        List<ActionModel> actions = new ArrayList<>();
        paths.forEach((path, value) -> {
            List<String> segments = List.of(path.substring(1).split("/", -1));
            String last = segments.get(segments.size() - 1);
            Map<String, Object> operation = JsonTree.map(JsonTree.map(value).get("post"));
            if (segments.get(0).equals(kind) && segments.size() > 1 && !operation.isEmpty() && !last.equals(CONTENT)) {
                boolean ofObject = segments.size() == 3 && segments.get(1).equals(NAME);
                actions.add(new ActionModel(last, ofObject, schema(operation)));
            }
        });
        return actions;
    }

    private static Map<String, Object> schema(Map<String, Object> operation) {
        Map<String, Object> content =
                JsonTree.map(JsonTree.map(operation.get("requestBody")).get(CONTENT));
        return JsonTree.map(JsonTree.map(content.get("application/json")).get("schema"));
    }

    /** Returns the names of kinds. */
    public Set<String> names() {
        return kinds.keySet();
    }

    /** Returns a kind by name; also by its plural. */
    public Optional<KindModel> find(String name) {
        KindModel kind = kinds.get(name);
        if (kind == null && name.endsWith("s")) {
            kind = kinds.get(name.substring(0, name.length() - 1));
        }
        return Optional.ofNullable(kind);
    }

    /** Returns a kind by name, or says which was meant. */
    public KindModel get(String name) throws CommandException {
        Optional<KindModel> kind = find(name);
        if (kind.isEmpty()) {
            Optional<String> near = NearNames.nearest(name, names());
            throw CommandException.of(
                    ExitCode.NOT_FOUND,
                    "There is no kind '" + name + "'"
                            + near.map(meant -> ". Did you mean '" + meant + "'?")
                                    .orElse("; there are " + String.join(", ", names())),
                    "serai get " + near.orElse("service"));
        }
        return kind.get();
    }
}
