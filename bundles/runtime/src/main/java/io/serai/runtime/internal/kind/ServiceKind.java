package io.serai.runtime.internal.kind;

import io.serai.api.object.ObservedKind;
import io.serai.api.object.SchemaFile;
import io.serai.api.runtime.ClusterServiceRegistry;
import io.serai.api.runtime.ClusterServices;
import io.serai.api.runtime.ClusterServices.ServiceOnNode;
import io.serai.api.runtime.ClusterServices.SharedService;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.runtime.ServiceRegistry;
import io.serai.api.runtime.ServiceStatistics;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kind {@code service}: what any node in reach can call, with the statistics of all of them together. */
@Component(service = ObservedKind.class)
public final class ServiceKind implements ObservedKind {
    private static final String NAME = "service";
    /** A person waits for the answer; a node that is busy is told as unreachable. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ClusterServiceRegistry cluster;
    private final ServiceRegistry own;
    private final String schema = SchemaFile.read(ServiceKind.class, NAME);

    /** Asks all nodes; what only code tells is known of services that this node has as well. */
    @Activate
    public ServiceKind(@Reference ClusterServiceRegistry cluster, @Reference ServiceRegistry own) {
        this.cluster = cluster;
        this.own = own;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String schema() {
        return schema;
    }

    @Override
    public Observation observe() {
        ClusterServices services = cluster.services(PATIENCE).join();
        Map<String, ServiceDescriptor> descriptors = new HashMap<>();
        own.services().forEach(descriptor -> descriptors.put(descriptor.name(), descriptor));
        List<Observed> objects = services.services().stream()
                .map(service -> observed(service, Optional.ofNullable(descriptors.get(service.name()))))
                .toList();
        return new Observation(objects, services.silent());
    }

    private static Observed observed(SharedService service, Optional<ServiceDescriptor> descriptor) {
        ServiceOnNode first = service.nodes().get(0);
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("rest", first.rest());
        spec.put("owner", first.owner());
        descriptor.ifPresent(known -> {
            spec.put("description", known.description());
            spec.put("workload", known.workload().name());
            spec.put("timeout", known.timeout().toString());
            spec.put("input", known.input().getTypeName());
            spec.put("output", known.output().getTypeName());
        });
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("state", "ACTIVE");
        status.put("nodes", service.nodes().stream().map(ServiceOnNode::node).toList());
        status.putAll(statistics(service.total()));
        return new Observed(service.name(), spec, status);
    }

    private static Map<String, Object> statistics(ServiceStatistics statistics) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("calls", statistics.calls());
        values.put("errors", statistics.errors());
        values.put("active", statistics.active());
        values.put("meanMicros", micros(statistics.mean()));
        values.put("p50Micros", micros(statistics.p50()));
        values.put("p95Micros", micros(statistics.p95()));
        values.put("p99Micros", micros(statistics.p99()));
        values.put("maxMicros", micros(statistics.max()));
        statistics
                .lastError()
                .ifPresent(error -> values.put(
                        "lastError",
                        Map.of(
                                "at", error.at().toString(),
                                "correlationId", error.correlationId(),
                                "message", error.message())));
        return values;
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}
