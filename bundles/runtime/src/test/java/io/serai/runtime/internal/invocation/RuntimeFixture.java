package io.serai.runtime.internal.invocation;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.runtime.Invocation;
import io.serai.api.runtime.InvocationResult;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.runtime.ServiceStatistics;
import io.serai.api.service.Caller;
import io.serai.api.service.Service;
import io.serai.api.service.Workload;
import io.serai.runtime.internal.codec.JacksonPayloadCodec;
import io.serai.runtime.internal.registry.ServiceDirectory;
import io.serai.runtime.internal.registry.ServiceInstance;
import io.serai.runtime.internal.registry.ServiceOrigin;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/** A runtime without a container. */
public final class RuntimeFixture implements AutoCloseable {
    public final ServiceDirectory directory = new ServiceDirectory();
    public final BulkheadInvocation invocation;

    public RuntimeFixture() {
        this(200, 1_000, 30_000);
    }

    public RuntimeFixture(int network, int queue, long drainMillis) {
        invocation = new BulkheadInvocation(
                directory, new JacksonPayloadCodec(), new RuntimeSettings(network, queue, drainMillis));
    }

    /** Makes an instance of the artifact {@code deploy/<name>.jar}; the version is that of its bundle. */
    public ServiceInstance instance(String name, Workload workload, Type input, Service<?, ?> service, int version) {
        return instance(
                name,
                workload,
                input,
                service,
                new ServiceOrigin("deploy/" + name + ".jar", version, "bundle." + name, new Version(version, 0, 0)));
    }

    public ServiceInstance instance(
            String name, Workload workload, Type input, Service<?, ?> service, ServiceOrigin origin) {
        ServiceDescriptor descriptor = new ServiceDescriptor(
                name,
                "",
                List.of(),
                workload,
                Duration.ofSeconds(30),
                input,
                Object.class,
                origin.owner(),
                origin.bundleId(),
                service.getClass().getName());
        return new ServiceInstance(descriptor, origin, service, directory.recorder(name));
    }

    public ServiceInstance publish(String name, Workload workload, Type input, Service<?, ?> service) {
        return publish(instance(name, workload, input, service, 1));
    }

    public ServiceInstance publish(String name, Service<?, ?> service) {
        return publish(name, Workload.NETWORK, String.class, service);
    }

    public ServiceInstance publish(ServiceInstance instance) {
        try {
            directory.publish(List.of(instance), List.of());
        } catch (DeploymentException e) {
            throw new AssertionError(e);
        }
        return instance;
    }

    public CompletableFuture<InvocationResult> invoke(String service, @Nullable Object input) {
        return invoke(service, input, Optional.empty());
    }

    public CompletableFuture<InvocationResult> invoke(
            String service, @Nullable Object input, Optional<Duration> timeout) {
        return invocation.invoke(new Invocation(
                service, input, Caller.internal("test"), "id-1", timeout, Map.of("x-tenant", List.of("a", "b"))));
    }

    public ServiceStatistics statistics(String service) {
        return directory.statistics(service).orElseThrow();
    }

    @Override
    public void close() {
        invocation.deactivate();
    }
}
