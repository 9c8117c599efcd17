package io.serai.camel.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.api.runtime.Invocation;
import io.serai.api.runtime.InvocationResult;
import io.serai.api.runtime.InvocationService;
import io.serai.api.runtime.PayloadCodec;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.runtime.ServiceRegistry;
import io.serai.api.runtime.ServiceStatistics;
import io.serai.api.service.Caller;
import io.serai.api.service.Service;
import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceException.Reason;
import io.serai.api.service.ServiceInfo;
import io.serai.api.service.Workload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** What the runtime is to routes: calls the services of the framework on the calling thread. */
final class FakeRuntime implements InvocationService, ServiceRegistry, PayloadCodec {
    private final ObjectMapper mapper = new ObjectMapper();
    private final ExecutorService slow = Executors.newCachedThreadPool();
    private @Nullable BundleContext bundles;
    private final AtomicInteger active = new AtomicInteger();
    private volatile boolean asynchronous;

    void attach(BundleContext context) {
        bundles = context;
        String[] types = {
            InvocationService.class.getName(), ServiceRegistry.class.getName(), PayloadCodec.class.getName()
        };
        context.registerService(types, this, null);
    }

    int active() {
        return active.get();
    }

    /** Makes calls run on another thread, as when the bulkhead is full. */
    void asynchronous(boolean value) {
        asynchronous = value;
    }

    InvocationResult call(String service, Object input, Map<String, List<String>> headers) {
        return run(new Invocation(service, input, Caller.internal("test"), "cid-1", Optional.empty(), headers));
    }

    @Nullable Object call(String service, Object input) {
        return call(service, input, Map.of()).value();
    }

    @Override
    public CompletableFuture<InvocationResult> invoke(Invocation invocation) {
        if (asynchronous) {
            return CompletableFuture.supplyAsync(() -> run(invocation), slow);
        }
        try {
            return CompletableFuture.completedFuture(run(invocation));
        } catch (ServiceException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // only a service of Void is given null
    private InvocationResult run(Invocation invocation) {
        ServiceReference<?> reference = reference(invocation.service())
                .orElseThrow(() -> new ServiceException(Reason.UNAVAILABLE, "No service " + invocation.service()));
        FakeContext context = new FakeContext(invocation);
        active.incrementAndGet();
        try {
            Service<Object, Object> service =
                    (Service<Object, Object>) framework().getService(reference);
            Object answer = service.handle(invocation.input(), context);
            return new InvocationResult(answer, context.status(), context.replied());
        } catch (ServiceException e) {
            throw e;
        } catch (Exception e) {
            throw new ServiceException(Reason.FAILED, "failed", null, e);
        } finally {
            active.decrementAndGet();
        }
    }

    @Override
    public List<ServiceDescriptor> services() {
        return references().stream().map(this::describe).toList();
    }

    @Override
    public Optional<ServiceDescriptor> find(String name) {
        return reference(name).map(this::describe);
    }

    @Override
    public Optional<ServiceStatistics> statistics(String name) {
        return Optional.empty();
    }

    private ServiceDescriptor describe(ServiceReference<?> reference) {
        Object service = framework().getService(reference);
        ParameterizedType type = (ParameterizedType) service.getClass().getGenericInterfaces()[0];
        Object owner = reference.getProperty(ServiceInfo.OWNER);
        Object rest = reference.getProperty(ServiceInfo.REST);
        return new ServiceDescriptor(
                (String) reference.getProperty(ServiceInfo.NAME),
                "",
                rest == null ? List.of() : Arrays.asList((String[]) rest),
                Workload.NETWORK,
                Duration.ofSeconds(30),
                type.getActualTypeArguments()[0],
                type.getActualTypeArguments()[1],
                owner == null ? "bundle:test" : (String) owner,
                FrameworkUtil.getBundle(service.getClass()) == null
                        ? 0
                        : reference.getBundle().getBundleId(),
                service.getClass().getName());
    }

    private BundleContext framework() {
        return Objects.requireNonNull(bundles);
    }

    private Optional<ServiceReference<?>> reference(String name) {
        return references().stream()
                .filter(reference -> name.equals(reference.getProperty(ServiceInfo.NAME)))
                .findFirst();
    }

    private List<ServiceReference<?>> references() {
        try {
            ServiceReference<?>[] found = framework().getAllServiceReferences(Service.class.getName(), null);
            return found == null ? List.of() : List.of(found);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public @Nullable Object fromJson(InputStream json, Type type) {
        try {
            return mapper.readValue(json, mapper.constructType(type));
        } catch (IOException e) {
            throw new ServiceException(Reason.INVALID, String.valueOf(e.getMessage()), null, e);
        }
    }

    @Override
    public @Nullable Object fromValues(Map<String, ?> values, Type type) {
        return mapper.convertValue(values, mapper.constructType(type));
    }

    @Override
    public @Nullable Object fromJsonAndValues(InputStream json, Map<String, ?> values, Type type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void toJson(@Nullable Object value, OutputStream out) throws IOException {
        out.write(toJson(value));
    }

    @Override
    public byte[] toJson(@Nullable Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Map<String, Object> schema(Type type) {
        throw new UnsupportedOperationException();
    }
}
