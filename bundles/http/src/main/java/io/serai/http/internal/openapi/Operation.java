package io.serai.http.internal.openapi;

import io.serai.api.service.Upload;
import io.serai.http.internal.channel.Channel;
import io.serai.http.internal.channel.InputKind;
import io.serai.http.internal.channel.ServiceSlot.Plan;
import io.serai.http.internal.route.PathTemplate.Segment;
import io.serai.http.internal.route.VariableType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** One operation of the document: a channel. */
final class Operation {
    static final String PROBLEM = "Problem";
    private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private final Channel channel;
    private final Plan plan;
    private final List<String> pathNames;
    private final Schemas schemas;
    private final String service;

    /**
     * Makes an operation.
     *
     * @param pathNames what the document calls the variables of the path
     */
    Operation(Channel channel, Plan plan, List<String> pathNames, Schemas schemas) {
        this.channel = channel;
        this.plan = plan;
        this.pathNames = pathNames;
        this.schemas = schemas;
        this.service = plan.service().name();
    }

    Map<String, Object> toMap(String operationId) {
        boolean values = plan.input() == InputKind.VALUES;
        Map<String, Object> schema = values ? schemas.of(service, plan.service().input()) : Map.of();
        Map<String, Object> input = schemas.resolved(schema);
        boolean object = input.get("properties") instanceof Map;
        boolean body = METHODS_WITH_BODY.contains(channel.method()) && plan.input() != InputKind.NONE;
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", operationId);
        if (!plan.service().description().isEmpty()) {
            operation.put("description", plan.service().description());
        }
        operation.put("tags", List.of(plan.service().owner()));
        List<Object> parameters = pathParameters(input);
        if (!body && object) {
            parameters.addAll(queryParameters(input));
        }
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        if (body) {
            operation.put("requestBody", requestBody(object ? withoutPath(input) : schema));
        }
        operation.put("responses", responses());
        return operation;
    }

    private List<Object> pathParameters(Map<String, Object> input) {
        Map<String, Object> properties = Schemas.asMap(input.getOrDefault("properties", Map.of()));
        List<Segment> variables = channel.template().segments().stream()
                .filter(segment -> segment.type() != null)
                .toList();
        List<Object> parameters = new ArrayList<>();
        for (int i = 0; i < variables.size(); i++) {
            Segment variable = variables.get(i);
            Object usual = schema(Objects.requireNonNull(variable.type()));
            parameters.add(parameter(pathNames.get(i), "path", properties.getOrDefault(variable.text(), usual), true));
        }
        return parameters;
    }

    private List<Object> queryParameters(Map<String, Object> input) {
        List<?> required = input.get("required") instanceof List<?> list ? list : List.of();
        List<Object> parameters = new ArrayList<>();
        Schemas.asMap(input.getOrDefault("properties", Map.of())).forEach((name, schema) -> {
            if (!channel.variables().contains(name)) {
                parameters.add(parameter(name, "query", schema, required.contains(name)));
            }
        });
        return parameters;
    }

    private Map<String, Object> requestBody(Map<String, Object> schema) {
        List<String> types =
                switch (plan.input()) {
                    case VALUES -> List.of(
                            hasUpload(plan.service().input()) ? "multipart/form-data" : "application/json");
                    case TEXT -> accepted("text/plain");
                    default -> accepted("application/octet-stream");
                };
        Map<String, Object> content = new LinkedHashMap<>();
        types.forEach(type -> content.put(type, Map.of("schema", schema)));
        return Map.of("required", true, "content", content);
    }

    private List<String> accepted(String usual) {
        List<String> accepts = channel.options().accepts();
        return accepts.isEmpty() ? List.of(usual) : accepts;
    }

    private Map<String, Object> responses() {
        Map<String, Object> responses = new LinkedHashMap<>();
        Type output = plan.service().output();
        if (output == Void.class) {
            responses.put("204", Map.of("description", "Done"));
        } else if (plan.json()) {
            responses.put("200", response("application/json", schemas.of(service, output)));
        } else if (output == String.class) {
            responses.put("200", response("text/plain", Map.of("type", "string")));
        } else {
            responses.put("200", response("application/octet-stream", Map.of()));
        }
        Map<String, Object> problem = Map.of("$ref", "#/components/schemas/" + PROBLEM);
        Map<String, Object> content = Map.of("application/problem+json", Map.of("schema", problem));
        responses.put("default", Map.of("description", "A failure", "content", content));
        return responses;
    }

    /** Returns the schema of the body: the input without what the path gives. */
    private Map<String, Object> withoutPath(Map<String, Object> input) {
        Map<String, Object> body = new LinkedHashMap<>(input);
        Map<String, Object> properties = Schemas.asMap(input.getOrDefault("properties", Map.of()));
        properties.keySet().removeAll(channel.variables());
        body.put("properties", properties);
        if (input.get("required") instanceof List<?> required) {
            List<?> rest = required.stream()
                    .filter(name -> !channel.variables().contains(String.valueOf(name)))
                    .toList();
            body.put("required", rest);
        }
        return body;
    }

    private static Map<String, Object> response(String type, Map<String, Object> schema) {
        return Map.of("description", "The answer", "content", Map.of(type, Map.of("schema", schema)));
    }

    private static Map<String, Object> parameter(String name, String in, Object schema, boolean required) {
        Map<String, Object> parameter = new LinkedHashMap<>();
        parameter.put("name", name);
        parameter.put("in", in);
        parameter.put("required", required);
        parameter.put("schema", schema);
        return parameter;
    }

    private static Map<String, Object> schema(VariableType type) {
        return switch (type) {
            case INT -> Map.of("type", "integer", "format", "int32");
            case LONG -> Map.of("type", "integer", "format", "int64");
            case UUID -> Map.of("type", "string", "format", "uuid");
            case STRING, PATH -> Map.of("type", "string");
        };
    }

    private static boolean hasUpload(Type type) {
        return type instanceof Class<?> record
                && record.isRecord()
                && Arrays.stream(record.getRecordComponents()).anyMatch(part -> part.getType() == Upload.class);
    }
}
