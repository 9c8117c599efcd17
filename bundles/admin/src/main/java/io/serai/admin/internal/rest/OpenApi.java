package io.serai.admin.internal.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.api.object.FileKind;
import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectKind;
import io.serai.api.object.ObservedKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The description of the API (OpenAPI 3.1), made from the schemas of the kinds and actions there are.
 *
 * @param kinds by name
 * @param actions by kind and name
 */
record OpenApi(List<ObjectKind> kinds, List<ObjectAction> actions) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JSON_TYPE = "application/json";
    private static final String BINARY = "application/octet-stream";

    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put(
                "info",
                Map.of(
                        "title",
                        "Serai",
                        "version",
                        "1",
                        "description",
                        "Everything a cluster can be told: objects of kinds, and actions on them."));
        document.put("servers", List.of(Map.of("url", "/api/v1")));
        document.put("security", List.of(Map.of("bearer", List.of()), Map.of("basic", List.of())));
        document.put("paths", paths());
        document.put(
                "components",
                Map.of(
                        "schemas", schemas(),
                        "responses", Map.of("problem", problem()),
                        "securitySchemes",
                                Map.of(
                                        "bearer", Map.of("type", "http", "scheme", "bearer"),
                                        "basic", Map.of("type", "http", "scheme", "basic"))));
        return document;
    }

    private Map<String, Object> paths() {
        Map<String, Object> paths = new TreeMap<>();
        paths.put("/login", loginPath());
        paths.put("/apply", Map.of("post", applyOperation()));
        paths.put("/export", Map.of("get", exportOperation()));
        paths.put(
                "/openapi.json",
                Map.of("get", operation("describe", "Returns this description", List.of(), JSON_TYPE, Map.of())));
        for (ObjectKind kind : kinds) {
            String name = kind.name();
            paths.put("/" + name, Map.of("get", listOperation(name)));
            paths.put("/" + name + "/{name}", objectPath(kind));
            if (kind instanceof FileKind) {
                paths.put("/" + name + "/{name}/content", contentPath(name));
            }
        }
        for (ObjectAction action : actions) {
            String middle = action.ofObject() ? "/{name}/" : "/";
            paths.put("/" + action.kind() + middle + action.name(), Map.of("post", actionOperation(action)));
        }
        return paths;
    }

    private static Map<String, Object> loginPath() {
        Map<String, Object> path = new LinkedHashMap<>();
        path.put(
                "get",
                operation("login-show", "Tells who is logged in", List.of(), JSON_TYPE, Map.of("type", "object")));
        Map<String, Object> open = new LinkedHashMap<>(
                operation("login-open", "Opens a session", List.of(), JSON_TYPE, Map.of("type", "object")));
        open.put("security", List.of());
        open.put(
                "requestBody",
                body(JSON_TYPE, object(Map.of("user", text(""), "password", text(""), "token", text("")), List.of())));
        path.put("post", open);
        path.put("delete", operation("login-close", "Ends the session", List.of(), "", Map.of()));
        return path;
    }

    private static Map<String, Object> applyOperation() {
        List<Object> parameters = new ArrayList<>(changeParameters());
        parameters.add(query(
                "prune",
                "Kinds, with commas between them, of which every object that is not given is removed",
                text("")));
        parameters.add(query("cascade", "Whether what refers to a removed object is removed as well", flag()));
        Map<String, Object> operation = new LinkedHashMap<>(operation(
                "apply", "Puts any number of objects in one commit, or none", parameters, JSON_TYPE, result()));
        operation.put(
                "requestBody",
                body("application/yaml", Map.of("description", "Documents, each an object or a list of objects")));
        return operation;
    }

    private static Map<String, Object> exportOperation() {
        return operation(
                "export",
                "Returns all that is needed to make the same objects again, except secrets",
                List.of(query("kinds", "Kinds, with commas between them; all by default", text(""))),
                "application/yaml",
                Map.of("type", "string"));
    }

    private static Map<String, Object> listOperation(String kind) {
        List<Object> parameters = List.of(
                query(
                        "filter",
                        "field=value, field!=value or field~text; all of several",
                        Map.of("type", "array", "items", text(""))),
                query("fields", "Fields to be shown, with commas between them", text("")),
                query(
                        "limit",
                        "How many at most, 1 to 10000",
                        Map.of("type", "integer", "minimum", 1, "maximum", 10_000)),
                query("cursor", "What the page before has as next", text("")),
                query("watch", "Whether to be told of changes instead, as server-sent events", flag()),
                query("since", "The version to be told of changes from", text("")));
        Map<String, Object> items = Map.of("type", "array", "items", reference(kind));
        return operation(
                kind + "-list",
                "Lists objects of kind " + kind,
                parameters,
                JSON_TYPE,
                object(Map.of("items", items), List.of("items")));
    }

    private static Map<String, Object> objectPath(ObjectKind kind) {
        String name = kind.name();
        Map<String, Object> path = new LinkedHashMap<>();
        path.put("parameters", List.of(nameParameter()));
        path.put("get", operation(name + "-get", "Returns one " + name, List.of(layer()), JSON_TYPE, reference(name)));
        if (kind instanceof ObservedKind) {
            return path;
        }
        Map<String, Object> put = new LinkedHashMap<>(
                operation(name + "-put", "Makes a " + name + ", or changes it", preconditions(), JSON_TYPE, result()));
        put.put("requestBody", body(JSON_TYPE, reference(name)));
        path.put("put", put);
        List<Object> removal = new ArrayList<>(preconditions());
        removal.add(query("cascade", "Whether what refers to it is removed as well", flag()));
        path.put("delete", operation(name + "-delete", "Removes a " + name, removal, JSON_TYPE, result()));
        return path;
    }

    private static Map<String, Object> contentPath(String kind) {
        Map<String, Object> path = new LinkedHashMap<>();
        path.put("parameters", List.of(nameParameter()));
        Map<String, Object> binary = Map.of("type", "string", "format", "binary");
        path.put("get", operation(kind + "-download", "Returns the file", List.of(layer()), BINARY, binary));
        Map<String, Object> put =
                new LinkedHashMap<>(operation(kind + "-upload", "Puts the file", preconditions(), JSON_TYPE, result()));
        put.put("requestBody", body(BINARY, binary));
        path.put("put", put);
        return path;
    }

    private static Map<String, Object> actionOperation(ObjectAction action) {
        Map<String, Object> schema = parsed(action.schema());
        Map<String, Object> operation = new LinkedHashMap<>(operation(
                action.kind() + "-" + action.name(),
                String.valueOf(schema.getOrDefault("description", action.name())),
                Stream.concat(
                                action.ofObject() ? Stream.of(nameParameter()) : Stream.of(),
                                Stream.of(idempotencyKey(), waitParameter(), timeoutParameter()))
                        .toList(),
                JSON_TYPE,
                Map.of("type", "object")));
        operation.put("requestBody", body(JSON_TYPE, schema));
        return operation;
    }

    private Map<String, Object> schemas() {
        Map<String, Object> schemas = new TreeMap<>();
        for (ObjectKind kind : kinds) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("kind", Map.of("const", kind.name()));
            fields.put("name", text(""));
            fields.put("layer", text("groups/<group> or nodes/<node>; absent for all nodes"));
            fields.put("spec", parsed(kind.schema()));
            fields.put("status", Map.of("type", "object", "readOnly", true));
            fields.put("version", Map.of("type", "string", "readOnly", true));
            fields.put("etag", Map.of("type", "string", "readOnly", true));
            schemas.put(kind.name(), object(fields, List.of("kind", "name", "spec")));
        }
        return schemas;
    }

    private static Map<String, Object> problem() {
        return Map.of(
                "description",
                "The request was refused (RFC 9457)",
                "content",
                Map.of("application/problem+json", Map.of("schema", Map.of("type", "object"))));
    }

    private static Map<String, Object> operation(
            String id, String summary, List<?> parameters, String type, Map<String, ?> schema) {
        Map<String, Object> done = new LinkedHashMap<>();
        done.put("description", "Done");
        if (!type.isEmpty()) {
            done.put("content", Map.of(type, Map.of("schema", schema)));
        }
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", id);
        operation.put("summary", summary);
        operation.put("parameters", parameters);
        operation.put("responses", Map.of("2XX", done, "default", Map.of("$ref", "#/components/responses/problem")));
        return operation;
    }

    private static List<Object> preconditions() {
        List<Object> parameters = new ArrayList<>(changeParameters());
        parameters.add(layer());
        parameters.add(Map.of("name", "If-Match", "in", "header", "schema", text("")));
        parameters.add(Map.of("name", "If-None-Match", "in", "header", "schema", text("")));
        return parameters;
    }

    private static Object idempotencyKey() {
        return Map.of(
                "name",
                Idempotency.HEADER,
                "in",
                "header",
                "description",
                "What is sent again with the same key gets the answer of the first time",
                "schema",
                Map.of("type", "string", "pattern", "^" + Idempotency.KEY + "$"));
    }

    private static List<Object> changeParameters() {
        return List.of(
                idempotencyKey(),
                query("dryRun", "Whether to say only what would be done", flag()),
                query("rolling", "Whether nodes apply it one after another", flag()),
                waitParameter(),
                timeoutParameter(),
                query("message", "Why, for the history", text("")));
    }

    private static Object waitParameter() {
        return query("wait", "Which nodes to wait for", Map.of("enum", List.of("all", "majority", "none")));
    }

    private static Object timeoutParameter() {
        return query("timeout", "How long to wait, such as 30s", text(""));
    }

    private static Map<String, Object> nameParameter() {
        return Map.of("name", "name", "in", "path", "required", true, "schema", text(""));
    }

    private static Object layer() {
        return query("layer", "groups/<group> or nodes/<node>; that of all nodes by default", text(""));
    }

    private static Map<String, Object> query(String name, String description, Map<String, ?> schema) {
        return Map.of("name", name, "in", "query", "description", description, "schema", schema);
    }

    private static Map<String, Object> body(String type, Map<String, ?> schema) {
        return Map.of("content", Map.of(type, Map.of("schema", schema)));
    }

    private static Map<String, Object> result() {
        return object(
                Map.of("commit", text(""), "objects", Map.of("type", "array", "items", Map.of("type", "object"))),
                List.of("commit", "objects"));
    }

    private static Map<String, Object> reference(String kind) {
        return Map.of("$ref", "#/components/schemas/" + kind);
    }

    private static Map<String, Object> object(Map<String, ?> fields, List<String> required) {
        return Map.of("type", "object", "properties", fields, "required", required);
    }

    private static Map<String, Object> text(String description) {
        return description.isEmpty() ? Map.of("type", "string") : Map.of("type", "string", "description", description);
    }

    private static Map<String, Object> flag() {
        return Map.of("type", "boolean");
    }

    private static Map<String, Object> parsed(String schema) {
        try {
            Map<String, Object> parsed = JSON.readValue(schema, new TypeReference<Map<String, Object>>() {});
            parsed.remove("$schema");
            return parsed;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A schema is not JSON: " + schema, e);
        }
    }
}
