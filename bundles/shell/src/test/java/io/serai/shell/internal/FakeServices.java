package io.serai.shell.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.api.runtime.ClusterServiceRegistry;
import io.serai.api.runtime.ClusterServices;
import io.serai.api.runtime.Invocation;
import io.serai.api.runtime.InvocationResult;
import io.serai.api.runtime.InvocationService;
import io.serai.api.runtime.PayloadCodec;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.runtime.ServiceRegistry;
import io.serai.api.runtime.ServiceStatistics;
import io.serai.api.service.ServiceException;
import io.serai.api.service.Workload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Services that a test sets, which answer what a function says; JSON by Jackson. */
final class FakeServices implements ServiceRegistry, ClusterServiceRegistry, InvocationService, PayloadCodec {
    static final Instant ERROR_TIME = Instant.parse("2026-03-01T12:01:00.5Z");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final SortedMap<String, ServiceDescriptor> services = new TreeMap<>();
    private final Map<String, ServiceStatistics> statistics = new TreeMap<>();
    ClusterServices ofNodes = new ClusterServices(List.of(), List.of("node1"), List.of());
    final List<Invocation> calls = new ArrayList<>();
    Function<Object, Object> answer = input -> input;

    void set(String name, Type input) {
        services.put(
                name,
                new ServiceDescriptor(
                        name,
                        "Does " + name,
                        List.of("GET /" + name),
                        Workload.NETWORK,
                        Duration.ofSeconds(30),
                        input,
                        Object.class,
                        "deploy/" + name + ".jar",
                        57,
                        "com.acme.Service"));
    }

    void setBusy(String name) {
        statistics.put(name, statistics(12));
    }

    static ServiceStatistics statistics(int calls) {
        Duration mean = Duration.ofNanos(1_234_567);
        return new ServiceStatistics(
                calls,
                1,
                2,
                mean,
                mean,
                Duration.ofMillis(20),
                Duration.ofMillis(30),
                Duration.ofMillis(1_500),
                Optional.of(new ServiceStatistics.CallError(ERROR_TIME, "c-1", "Order 7 does not exist")),
                List.of(new ServiceStatistics.SlowCall(ERROR_TIME, "c-2", Duration.ofMillis(1_500))));
    }

    @Override
    public List<ServiceDescriptor> services() {
        return List.copyOf(services.values());
    }

    @Override
    public Optional<ServiceDescriptor> find(String name) {
        return Optional.ofNullable(services.get(name));
    }

    @Override
    public Optional<ServiceStatistics> statistics(String name) {
        return Optional.ofNullable(statistics.get(name));
    }

    @Override
    public CompletableFuture<ClusterServices> services(Duration timeout) {
        return CompletableFuture.completedFuture(ofNodes);
    }

    @Override
    public CompletableFuture<InvocationResult> invoke(Invocation invocation) {
        calls.add(invocation);
        try {
            return CompletableFuture.completedFuture(
                    new InvocationResult(answer.apply(invocation.input()), 201, Map.of("ETag", "7")));
        } catch (ServiceException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public Object fromJson(InputStream json, Type type) {
        try {
            return MAPPER.readValue(json, MAPPER.constructType(type));
        } catch (IOException e) {
            throw ServiceException.invalid("name", "Not JSON of the right shape");
        }
    }

    @Override
    public Object fromValues(Map<String, ?> values, Type type) {
        return MAPPER.convertValue(values, MAPPER.constructType(type));
    }

    @Override
    public Object fromJsonAndValues(InputStream json, Map<String, ?> values, Type type) {
        throw new UnsupportedOperationException("No command does this");
    }

    @Override
    public void toJson(@Nullable Object value, OutputStream out) throws IOException {
        out.write(toJson(value));
    }

    @Override
    public byte[] toJson(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, Object> schema(Type type) {
        throw new UnsupportedOperationException("No command does this");
    }
}
