package io.serai.http.internal.openapi;

import io.serai.api.runtime.PayloadCodec;
import io.serai.http.internal.channel.Channel;
import io.serai.http.internal.channel.ServiceSlot.Plan;
import io.serai.http.internal.route.PathTemplate;
import io.serai.http.internal.route.PathTemplate.Segment;
import io.serai.http.internal.route.VariableType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An OpenAPI 3.1 document of channels. Where two paths differ only in the types of their variables, which OpenAPI cannot
 * tell apart, it has the more specific one.
 */
public final class OpenApiDocument {
    private static final Comparator<Segment> SEGMENTS = Comparator.comparing(
                    Segment::type, Comparator.nullsFirst(Comparator.<VariableType>naturalOrder()))
            .thenComparing(Segment::text);

    private final Schemas schemas;
    private final Map<String, PathItem> paths = new TreeMap<>();
    private final Map<String, Integer> operationIds = new TreeMap<>();

    /**
     * The operations of a path.
     *
     * @param path the path, with the names that its variables have in the document
     * @param variables those names
     * @param operations the operations by method, in lower case
     */
    private record PathItem(String path, List<String> variables, Map<String, Object> operations) {}

    private OpenApiDocument(PayloadCodec codec) {
        this.schemas = new Schemas(codec);
    }

    /** Returns the document of channels whose services are there. */
    public static Map<String, Object> of(List<Channel> channels, PayloadCodec codec, String node) {
        OpenApiDocument document = new OpenApiDocument(codec);
        List<Channel> sorted = new ArrayList<>(channels);
        sorted.sort(Comparator.comparing(Channel::template, OpenApiDocument::compare)
                .thenComparing(Channel::method));
        sorted.forEach(document::add);
        return document.toMap(node);
    }

    /** Orders paths, those of more specific variables first where nothing else differs. */
    private static int compare(PathTemplate one, PathTemplate other) {
        int common = Math.min(one.segments().size(), other.segments().size());
        for (int i = 0; i < common; i++) {
            int order = SEGMENTS.compare(one.segments().get(i), other.segments().get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.segments().size(), other.segments().size());
    }

    private void add(Channel channel) {
        Plan plan = channel.service().plan();
        if (plan == null) {
            return;
        }
        String anonymous = channel.template().openApiPath().replaceAll("\\{[^}]*}", "{}");
        PathItem item = paths.computeIfAbsent(
                anonymous, key -> new PathItem(channel.template().openApiPath(), channel.variables(), new TreeMap<>()));
        String method = channel.method().toLowerCase(Locale.ROOT);
        if (!item.operations().containsKey(method)) {
            Operation operation = new Operation(channel, plan, item.variables(), schemas);
            item.operations()
                    .put(method, operation.toMap(operationId(plan.service().name(), method)));
        }
    }

    private String operationId(String service, String method) {
        String id = service + "." + method;
        int earlier = operationIds.merge(id, 1, Integer::sum) - 1;
        return earlier == 0 ? id : id + "." + (earlier + 1);
    }

    private Map<String, Object> toMap(String node) {
        Map<String, Object> items = new TreeMap<>();
        paths.values().forEach(item -> items.put(item.path(), item.operations()));
        Map<String, Object> components = new TreeMap<>(schemas.components());
        components.put(Operation.PROBLEM, problemSchema());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", "REST channels of " + node, "version", "1"));
        document.put("paths", items);
        document.put("components", Map.of("schemas", components));
        return document;
    }

    private static Map<String, Object> problemSchema() {
        Map<String, Object> text = Map.of("type", "string");
        Map<String, Object> error = Map.of("type", "object", "properties", Map.of("pointer", text, "detail", text));
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("type", Map.of("type", "string", "format", "uri-reference"));
        properties.put("title", text);
        properties.put("status", Map.of("type", "integer"));
        properties.put("detail", text);
        properties.put("instance", Map.of("type", "string", "format", "uri-reference"));
        properties.put("correlationId", text);
        properties.put("errors", Map.of("type", "array", "items", error));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("description", "A failure, after RFC 9457");
        schema.put("required", List.of("type", "title", "status", "detail", "instance", "correlationId"));
        schema.put("properties", properties);
        return schema;
    }
}
