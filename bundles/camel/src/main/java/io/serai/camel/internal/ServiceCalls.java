package io.serai.camel.internal;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.runtime.InvocationService;
import io.serai.api.runtime.PayloadCodec;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.runtime.ServiceRegistry;
import io.serai.api.runtime.ServiceRegistryListener;
import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceException.Reason;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The runtime as routes see it: may go and come back without the routes being stopped; a call in between fails with
 * {@code UNAVAILABLE}.
 */
@Component(service = ServiceCalls.class)
public final class ServiceCalls {

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile @Nullable InvocationService invocations;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile @Nullable ServiceRegistry registry;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile @Nullable PayloadCodec codec;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<ServiceRegistryListener> listeners = List.of();

    InvocationService invocations() {
        return present(invocations);
    }

    PayloadCodec codec() {
        return present(codec);
    }

    /** Returns whether the services of this node are known now. */
    boolean available() {
        return registry != null;
    }

    Optional<ServiceDescriptor> find(String service) {
        ServiceRegistry present = registry;
        return present == null ? Optional.empty() : present.find(service);
    }

    /**
     * Checks a service that a route is about to become.
     *
     * @throws DeploymentException if a listener objects, such as the one that serves REST channels
     */
    void check(ServiceDescriptor coming) throws DeploymentException {
        List<ServiceDescriptor> going = find(coming.name()).stream().toList();
        for (ServiceRegistryListener listener : listeners) {
            listener.check(List.of(coming), going);
        }
    }

    private static <T> T present(@Nullable T service) {
        if (service == null) {
            throw new ServiceException(
                    Reason.UNAVAILABLE, "Services cannot be called now: the runtime of this node is not started");
        }
        return service;
    }
}
