package io.serai.runtime.internal.extension;

import io.serai.api.deploy.BundleExtension.Activation;
import io.serai.api.deploy.DeploymentException;
import io.serai.runtime.internal.registry.ServiceInstance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;

/** The services of one bundle of an artifact. */
final class ServiceActivation implements Activation {
    private static final int LISTED = 5;

    private final ServiceExtension extension;
    private final Bundle bundle;
    private final String owner;
    private final List<ServiceInstance> declared;

    /**
     * Makes an activation.
     *
     * @param declared the instances of the classes that the bundle declares; what it registers is asked for when needed
     */
    ServiceActivation(ServiceExtension extension, Bundle bundle, String owner, List<ServiceInstance> declared) {
        this.extension = extension;
        this.bundle = bundle;
        this.owner = owner;
        this.declared = List.copyOf(declared);
    }

    /** Returns all instances, of declared classes and of registered services. */
    private List<ServiceInstance> instances() {
        List<ServiceInstance> all = new ArrayList<>(declared);
        all.addAll(extension.whiteboard().instances(bundle));
        return all;
    }

    @Override
    public String publish(Optional<Activation> previous) throws DeploymentException {
        List<ServiceInstance> replaced =
                previous.map(one -> ((ServiceActivation) one).instances()).orElse(List.of());
        List<ServiceInstance> coming = instances();
        extension.directory().publish(coming, replaced);
        extension.whiteboard().release(bundle, owner);
        return summary(coming);
    }

    private static String summary(List<ServiceInstance> serving) {
        if (serving.size() > LISTED) {
            return serving.size() + " services";
        }
        String names = serving.stream()
                .map(ServiceInstance::name)
                .sorted(Comparator.naturalOrder())
                .collect(Collectors.joining(", "));
        return (serving.size() == 1 ? "service " : "services ") + names;
    }

    @Override
    public void retire() {
        extension.whiteboard().retire(bundle);
        List<ServiceInstance> going = instances();
        extension.directory().withdraw(going);
        extension.invocation().drain(going);
        declared.forEach(ServiceInstance::dispose);
        extension.whiteboard().discard(bundle);
    }
}
