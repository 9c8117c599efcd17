package io.serai.runtime.internal.kind;

import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.runtime.Invocation;
import io.serai.api.runtime.InvocationResult;
import io.serai.api.runtime.InvocationService;
import io.serai.api.runtime.PayloadCodec;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.runtime.ServiceRegistry;
import io.serai.api.service.Caller;
import io.serai.api.service.ServiceException;
import io.serai.api.text.NearNames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Calls a service of this node for somebody who administers it. */
@Component(service = ObjectAction.class)
public final class InvokeAction implements ObjectAction {
    private static final String INPUT = "input";
    private static final int OK = 200;

    private final ServiceRegistry services;
    private final InvocationService invocations;
    private final PayloadCodec codec;

    /** Calls these. */
    @Activate
    public InvokeAction(
            @Reference ServiceRegistry services,
            @Reference InvocationService invocations,
            @Reference PayloadCodec codec) {
        this.services = services;
        this.invocations = invocations;
        this.codec = codec;
    }

    @Override
    public String kind() {
        return "service";
    }

    @Override
    public String name() {
        return "invoke";
    }

    @Override
    public boolean ofObject() {
        return true;
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "description": "Calls it and returns its answer", "additionalProperties": false,
                 "properties": {"input": {"description": "What it takes, as JSON; absent if it takes nothing"}}}""";
    }

    @Override
    public Map<String, Object> run(Call call) throws ObjectException {
        String name = call.object().orElseThrow().name();
        ServiceDescriptor service = services.find(name).orElseThrow(() -> absent(name));
        Caller caller = new Caller(
                call.subject().face(),
                Optional.of(call.subject().from()),
                Optional.of(call.subject().name()),
                call.subject().roles());
        String correlationId = UUID.randomUUID().toString();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("correlationId", correlationId);
        try {
            Object input = input(call.parameters(), service.input());
            InvocationResult result = invocations
                    .invoke(new Invocation(name, input, caller, correlationId, Optional.empty(), Map.of()))
                    .join();
            answer.put("status", (long) (result.status() == 0 ? OK : result.status()));
            answer.put("headers", result.headers());
            answer.put("answer", value(result.value()));
        } catch (ServiceException e) {
            fail(answer, e);
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof ServiceException failure)) {
                throw e;
            }
            fail(answer, failure);
        }
        return answer;
    }

    /** Tells what the service refused, which is no failure of the action. */
    private static void fail(Map<String, Object> answer, ServiceException failure) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("reason", failure.reason().name());
        error.put("message", String.valueOf(failure.getMessage()));
        failure.field().ifPresent(field -> error.put("field", field));
        answer.put("status", (long) failure.reason().status());
        answer.put("error", error);
    }

    private ObjectException absent(String name) {
        List<String> names =
                services.services().stream().map(ServiceDescriptor::name).toList();
        String near = NearNames.nearest(name, names)
                .map(known -> "; did you mean " + known + "?")
                .orElse("");
        return new ObjectException(Reason.NOT_FOUND, "This node has no service " + name + near, null);
    }

    private @Nullable Object input(Map<String, Object> parameters, Type type) {
        if (!parameters.containsKey(INPUT)) {
            return type == Void.class ? null : codec.fromValues(Map.of(), type);
        }
        return codec.fromJson(new ByteArrayInputStream(codec.toJson(parameters.get(INPUT))), type);
    }

    /** Returns an answer as JSON has it: what is raw becomes text. */
    private Object value(@Nullable Object value) throws ObjectException {
        if (value == null) {
            return Map.of();
        }
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        if (value instanceof InputStream stream) {
            try (stream) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new ObjectException(Reason.IO, "The answer of the service ended early: " + e.getMessage(), e);
            }
        }
        Object json = codec.fromJson(new ByteArrayInputStream(codec.toJson(value)), Object.class);
        return json == null ? Map.of() : json;
    }
}
