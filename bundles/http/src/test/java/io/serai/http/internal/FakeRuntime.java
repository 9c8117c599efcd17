package io.serai.http.internal;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.serai.api.runtime.Invocation;
import io.serai.api.runtime.InvocationResult;
import io.serai.api.runtime.InvocationService;
import io.serai.api.runtime.PayloadCodec;
import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceException.Reason;
import io.serai.api.service.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** Calls functions instead of services, inline, and reads and writes JSON with Jackson. */
@NullUnmarked
final class FakeRuntime implements InvocationService, PayloadCodec {
    private final ObjectMapper mapper = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private final Map<String, Call> calls = new ConcurrentHashMap<>();

    /** What a test has in the place of a service. */
    interface Call {
        CompletableFuture<InvocationResult> invoke(Invocation invocation) throws Exception;
    }

    void put(String service, Call call) {
        calls.put(service, call);
    }

    @Override
    public CompletableFuture<InvocationResult> invoke(Invocation invocation) {
        try {
            return calls.get(invocation.service()).invoke(invocation);
        } catch (ServiceException e) {
            return CompletableFuture.failedFuture(e);
        } catch (Exception e) {
            return CompletableFuture.failedFuture(
                    new ServiceException(Reason.FAILED, "Service " + invocation.service() + " failed", null, e));
        }
    }

    @Override
    public @Nullable Object fromJson(InputStream json, Type type) {
        return fromJsonAndValues(json, Map.of(), type);
    }

    @Override
    public @Nullable Object fromValues(Map<String, ?> values, Type type) {
        if (type instanceof Class<?> record
                && record.isRecord()
                && values.values().stream().anyMatch(FakeRuntime::isUpload)) {
            return withUploads(values, record);
        }
        return convert(mapper.valueToTree(values), type);
    }

    @Override
    public @Nullable Object fromJsonAndValues(InputStream json, Map<String, ?> values, Type type) {
        try {
            JsonNode tree = mapper.readTree(json);
            if (tree instanceof ObjectNode object) {
                values.forEach((name, value) -> object.set(name, mapper.valueToTree(value)));
            }
            return convert(tree, type);
        } catch (JacksonException e) {
            throw new ServiceException(
                    Reason.INVALID, "Not JSON at line " + e.getLocation().getLineNr(), null, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void toJson(@Nullable Object value, OutputStream out) throws IOException {
        mapper.writeValue(out, value);
    }

    @Override
    public byte[] toJson(@Nullable Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Map<String, Object> schema(Type type) {
        if (!(type instanceof Class<?> record) || !record.isRecord()) {
            return Map.of();
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        for (RecordComponent component : record.getRecordComponents()) {
            properties.put(component.getName(), Map.of("type", "string"));
        }
        List<String> required = List.of(record.getRecordComponents()).stream()
                .filter(component -> component.getType() != Optional.class)
                .map(RecordComponent::getName)
                .toList();
        Map<String, Object> definition = Map.of("type", "object", "properties", properties, "required", required);
        return Map.of("$ref", "#/$defs/" + record.getSimpleName(), "$defs", Map.of(record.getSimpleName(), definition));
    }

    private @Nullable Object convert(JsonNode tree, Type type) {
        if (type instanceof Class<?> record && record.isRecord()) {
            for (RecordComponent component : record.getRecordComponents()) {
                if (component.getType() != Optional.class && !tree.has(component.getName())) {
                    throw ServiceException.invalid(component.getName(), component.getName() + " is missing");
                }
            }
        }
        try {
            return mapper.readValue(mapper.treeAsTokens(tree), mapper.constructType(type));
        } catch (MismatchedInputException e) {
            String field = e.getPath().stream()
                    .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                    .collect(Collectors.joining("."))
                    .replace(".[", "[");
            throw new ServiceException(Reason.INVALID, field + " is ill-typed", field, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isUpload(Object value) {
        return value instanceof Upload
                || (value instanceof List<?> list && list.stream().anyMatch(Upload.class::isInstance));
    }

    private static Object withUploads(Map<String, ?> values, Class<?> record) {
        RecordComponent[] components = record.getRecordComponents();
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            arguments[i] = values.get(components[i].getName());
        }
        try {
            return record.getDeclaredConstructors()[0].newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
