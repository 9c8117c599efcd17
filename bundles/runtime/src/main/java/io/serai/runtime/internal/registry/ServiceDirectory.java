package io.serai.runtime.internal.registry;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.runtime.ServiceRegistry;
import io.serai.api.runtime.ServiceRegistryListener;
import io.serai.api.runtime.ServiceStatistics;
import io.serai.runtime.internal.statistics.CallRecorder;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services by name. A lookup is one read of a concurrent map; a name passes from one instance to the next by one
 * write, so that a caller sees the one or the other, never none.
 */
@Component(service = {ServiceRegistry.class, ServiceDirectory.class})
public final class ServiceDirectory implements ServiceRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceDirectory.class);

    private final ConcurrentHashMap<String, ServiceInstance> serving = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, CallRecorder> recorders = new ConcurrentHashMap<>();
    private final List<ServiceRegistryListener> listeners = new CopyOnWriteArrayList<>();

    /**
     * Held for a whole step, the calls of listeners included: what one listener checked must still hold when all are
     * told, and they are promised one call at a time. They must not block, by contract.
     */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, List<ServiceInstance>> claims = new HashMap<>(); // guarded by lock

    @Activate
    public ServiceDirectory() {}

    @Override
    public List<ServiceDescriptor> services() {
        return serving.values().stream()
                .map(ServiceInstance::descriptor)
                .sorted(Comparator.comparing(ServiceDescriptor::name))
                .toList();
    }

    @Override
    public Optional<ServiceDescriptor> find(String name) {
        return Optional.ofNullable(serving.get(name)).map(ServiceInstance::descriptor);
    }

    @Override
    public Optional<ServiceStatistics> statistics(String name) {
        return Optional.ofNullable(recorders.get(name)).map(CallRecorder::snapshot);
    }

    /** Returns the instance that serves a name now; it may have closed when the caller enters: then ask again. */
    public @Nullable ServiceInstance serving(String name) {
        return serving.get(name);
    }

    /** Returns what counts the calls of a name, from its first deployment on. */
    public CallRecorder recorder(String name) {
        return recorders.computeIfAbsent(name, unknown -> new CallRecorder(Clock.systemUTC()));
    }

    /**
     * Gives instances their names, and takes those of previous instances away, in one step.
     *
     * @throws DeploymentException if one of them cannot have its name, or a listener objects; nothing has changed then
     */
    public void publish(Collection<ServiceInstance> coming, Collection<ServiceInstance> previous)
            throws DeploymentException {
        lock.lock();
        try {
            Step step = new Step(claims, serving);
            previous.forEach(step::remove);
            coming.forEach(step::add);
            for (ServiceInstance instance : coming) {
                step.refuseIfTaken(instance);
            }
            check(step);
            apply(step);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets an instance claim its name: it gets it now, or as soon as those that have it are gone.
     *
     * @throws DeploymentException if it does not get it now; the claim stands
     */
    public void claim(ServiceInstance instance) throws DeploymentException {
        lock.lock();
        try {
            Step step = new Step(claims, serving);
            step.add(instance);
            try {
                step.refuseIfTaken(instance);
                check(step);
            } catch (DeploymentException e) {
                step.keepServing();
                apply(step);
                throw e;
            }
            apply(step);
        } finally {
            lock.unlock();
        }
    }

    /** Takes the names of instances away; others that claim a name that became free get it. */
    public void withdraw(Collection<ServiceInstance> going) {
        lock.lock();
        try {
            Step step = new Step(claims, serving);
            going.forEach(step::remove);
            step.addUnserved();
            try {
                check(step);
            } catch (DeploymentException e) {
                LOG.warn("Left names free that others claim: cause={}", e.getMessage());
                step.keepServing();
            }
            apply(step);
        } finally {
            lock.unlock();
        }
    }

    private void check(Step step) throws DeploymentException {
        List<ServiceDescriptor> came = step.came();
        List<ServiceDescriptor> went = step.went();
        if (came.isEmpty()) {
            return;
        }
        for (ServiceRegistryListener listener : listeners) {
            listener.check(came, went);
        }
    }

    private void apply(Step step) {
        List<ServiceDescriptor> came = step.came();
        List<ServiceDescriptor> went = step.went();
        step.apply();
        if (!came.isEmpty() || !went.isEmpty()) {
            listeners.forEach(listener -> tell(listener, came, went));
        }
    }

    private static void tell(
            ServiceRegistryListener listener, List<ServiceDescriptor> came, List<ServiceDescriptor> went) {
        try {
            listener.changed(came, went);
        } catch (RuntimeException e) {
            LOG.error(
                    "Listener failed on services that came and went: listener={} came={} went={}",
                    listener.getClass().getName(),
                    names(came),
                    names(went),
                    e);
        }
    }

    private static List<String> names(List<ServiceDescriptor> services) {
        return services.stream().map(ServiceDescriptor::name).toList();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindListener(ServiceRegistryListener listener) {
        lock.lock();
        try {
            listeners.add(listener);
            List<ServiceDescriptor> there = services();
            if (!there.isEmpty()) {
                tell(listener, there, List.of());
            }
        } finally {
            lock.unlock();
        }
    }

    void unbindListener(ServiceRegistryListener listener) {
        lock.lock();
        try {
            listeners.remove(listener);
        } finally {
            lock.unlock();
        }
    }
}
