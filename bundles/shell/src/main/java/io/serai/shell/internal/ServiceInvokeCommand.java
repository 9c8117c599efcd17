package io.serai.shell.internal;

import io.serai.api.runtime.Invocation;
import io.serai.api.runtime.InvocationResult;
import io.serai.api.runtime.InvocationService;
import io.serai.api.runtime.PayloadCodec;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.runtime.ServiceRegistry;
import io.serai.api.security.Subject;
import io.serai.api.service.Caller;
import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.jspecify.annotations.Nullable;

/** Calls a service and prints its answer. */
@Service
@Command(
        scope = "service",
        name = "invoke",
        description = "Calls a service and prints its answer",
        detailedDescription = "Examples: service:invoke hello name=Ann; service:invoke hello '{\"name\":\"Ann\"}'")
public class ServiceInvokeCommand extends SeraiCommand {
    @Reference
    ServiceRegistry registry;

    @Reference
    InvocationService invocations;

    @Reference
    PayloadCodec codec;

    @Option(name = "--timeout", description = "How long to wait: 500ms, 30s, 2m; by default the service's own limit")
    @Nullable String timeout;

    @Argument(index = 0, name = "name", description = "The name of the service", required = true)
    @Completion(ServiceNameCompleter.class)
    String name = "";

    @Argument(
            index = 1,
            name = "input",
            description = "JSON in single quotes, or fields as name=value",
            valueToShowInHelp = "",
            multiValued = true)
    List<String> input = List.of();

    @Override
    protected void run(PrintStream out) throws Exception {
        ServiceDescriptor service = ServiceNameCompleter.find(registry, name);
        String correlationId = UUID.randomUUID().toString();
        Subject subject = require("invoke", "service", name);
        Caller caller =
                new Caller(subject.face(), Optional.of(subject.from()), Optional.of(subject.name()), subject.roles());
        Optional<Duration> limit = Optional.ofNullable(timeout).map(Wording::parseDuration);
        long start = System.nanoTime();
        try {
            Object value = new ServiceInput(codec, service).read(input);
            done(subject, "invoke", "service/" + name, "correlationId=" + correlationId);
            InvocationResult result =
                    await(invocations.invoke(new Invocation(name, value, caller, correlationId, limit, Map.of())));
            if (json) {
                printEnvelope(result, correlationId, Duration.ofNanos(System.nanoTime() - start), out);
            } else {
                printAnswer(result.value(), out);
            }
        } catch (ServiceException e) {
            throw failed(e, correlationId);
        }
    }

    private static InvocationResult await(CompletableFuture<InvocationResult> call) throws InterruptedException {
        try {
            return call.get();
        } catch (InterruptedException e) {
            call.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ServiceException failure) {
                throw failure;
            }
            throw new IllegalStateException("The runtime failed a call with something else than a ServiceException", e);
        }
    }

    private CommandException failed(ServiceException e, String correlationId) {
        // The shell reads bare JSON as something of its own, and passes it on without its quotes.
        boolean bare = e.reason() == Reason.INVALID
                && input.stream()
                        .findFirst()
                        .filter(word -> word.matches("(?s)[{\\[]\\w.*"))
                        .isPresent();
        String hint = bare ? "; JSON goes in single quotes: '{\"name\":\"Ann\"}'" : "";
        String field = e.field().map(each -> " at " + each).orElse("");
        return failure(
                "Service " + name + " answered " + e.reason() + field + ": " + e.getMessage() + hint
                        + " (correlation id " + correlationId + ")",
                e);
    }

    private void printAnswer(@Nullable Object value, PrintStream out) throws IOException {
        if (value == null) {
            return;
        }
        if (value instanceof InputStream stream) {
            try (stream) {
                stream.transferTo(out);
            }
        } else if (value instanceof byte[] bytes) {
            out.write(bytes);
        } else if (value instanceof String text) {
            out.print(text);
        } else {
            codec.toJson(value, out);
        }
        out.println();
    }

    private void printEnvelope(InvocationResult result, String correlationId, Duration duration, PrintStream out)
            throws IOException {
        Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
        envelope.put("correlationId", correlationId);
        envelope.put("status", result.status());
        envelope.put("headers", result.headers());
        envelope.put("millis", duration.toMillis());
        Object value = result.value();
        if (value instanceof InputStream stream) {
            try (stream) {
                envelope.put("answer", new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            }
        } else if (value instanceof byte[] bytes) {
            envelope.put("answer", new String(bytes, StandardCharsets.UTF_8));
        } else {
            envelope.put("answer", JsonOutput.MAPPER.readTree(new ByteArrayInputStream(codec.toJson(value))));
        }
        JsonOutput.print(out, envelope);
    }
}
