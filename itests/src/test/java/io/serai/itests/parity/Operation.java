package io.serai.itests.parity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Something the REST API can be told.
 *
 * @param method of HTTP, in upper case
 * @param path below {@code /api/v1}
 * @param parameters what may stand behind the question mark
 */
record Operation(String method, String path, Set<String> parameters) {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");
    private static final Set<String> READING = Set.of("history");

    /** Reads all operations of an OpenAPI document. */
    static List<Operation> of(JsonNode document) {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey())) {
                    Set<String> parameters =
                            Set.copyOf(method.getValue().path("parameters").findValuesAsText("name"));
                    operations.add(new Operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), parameters));
                }
            }
        }
        return operations;
    }

    /** Returns whether it is none of a kind, but of the API as a whole. */
    boolean isFixed() {
        return Set.of("/apply", "/export", "/login", "/openapi.json").contains(path);
    }

    String kind() {
        return segment(1);
    }

    /** Returns whether it is done with one object. */
    boolean ofObject() {
        return path.contains("{name}");
    }

    /** Returns the word for it: list, get, put, delete, download, upload, or the name of an action. */
    String verb() {
        if (method.equals("POST")) {
            return path.substring(path.lastIndexOf('/') + 1);
        }
        if (path.endsWith("/content")) {
            return method.equals("GET") ? "download" : "upload";
        }
        return ofObject() || !method.equals("GET") ? method.toLowerCase(Locale.ROOT) : "list";
    }

    /** Returns whether it is an action. */
    boolean isAction() {
        return method.equals("POST") && !isFixed();
    }

    /** Returns whether it may change something, or have something done. */
    boolean changes() {
        return !method.equals("GET") && !path.equals("/login") && !READING.contains(verb());
    }

    private String segment(int index) {
        return path.split("/", -1)[index];
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
