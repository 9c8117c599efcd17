package io.serai.runtime.internal.extension;

import io.serai.api.deploy.BundleExtension;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.service.ServiceInfo;
import io.serai.runtime.internal.invocation.BulkheadInvocation;
import io.serai.runtime.internal.registry.ServiceDirectory;
import io.serai.runtime.internal.registry.ServiceInstance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** Finds the services of a bundle: the classes its manifest declares, and what it registers as OSGi services. */
@Component(service = BundleExtension.class)
public final class ServiceExtension implements BundleExtension {
    private static final String CLASS = "class";

    private final ServiceDirectory directory;
    private final BulkheadInvocation invocation;
    private final ServiceWhiteboard whiteboard;
    private final ServiceComponents components;

    @Activate
    public ServiceExtension(
            BundleContext context,
            @Reference ServiceDirectory directory,
            @Reference BulkheadInvocation invocation,
            @Reference ServiceComponentRuntime components) {
        this.directory = directory;
        this.invocation = invocation;
        this.components = new ServiceComponents(components);
        this.whiteboard = new ServiceWhiteboard(context, directory, invocation);
        whiteboard.open();
    }

    @Deactivate
    void deactivate() {
        whiteboard.close();
    }

    ServiceDirectory directory() {
        return directory;
    }

    BulkheadInvocation invocation() {
        return invocation;
    }

    ServiceWhiteboard whiteboard() {
        return whiteboard;
    }

    @Override
    public Optional<Activation> prepare(Bundle bundle, String owner) throws DeploymentException {
        List<String> classNames = classNames(bundle);
        List<Offer> offers = whiteboard.hold(bundle);
        if (classNames.isEmpty() && offers.isEmpty()) {
            whiteboard.release(bundle, owner);
            return Optional.empty();
        }
        List<ServiceInstance> declared = new ArrayList<>();
        try {
            Map<String, ServiceInstance> byName = new HashMap<>();
            for (Offer offer : offers) {
                refuseTwins(byName, offer.instance(owner, directory));
            }
            Set<String> registered = byName.values().stream()
                    .map(one -> one.descriptor().className())
                    .collect(Collectors.toSet());
            ServiceClasses classes = new ServiceClasses(bundle, owner, directory);
            for (String className : classNames) {
                if (!registered.contains(className)) {
                    ServiceInstance instance = classes.instantiate(className);
                    declared.add(instance);
                    refuseTwins(byName, instance);
                }
            }
        } catch (DeploymentException e) {
            declared.forEach(ServiceInstance::dispose);
            whiteboard.discard(bundle);
            throw e;
        }
        return Optional.of(new ServiceActivation(this, bundle, owner, declared));
    }

    /** Returns the classes that are declared services, and are not instantiated by Declarative Services. */
    private List<String> classNames(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        List<BundleCapability> capabilities = revision.getDeclaredCapabilities(ServiceInfo.NAMESPACE);
        if (capabilities.isEmpty()) {
            return List.of();
        }
        Set<String> componentClasses = components.classNames(bundle, revision);
        return capabilities.stream()
                .map(capability -> String.valueOf(capability.getAttributes().get(CLASS)))
                .distinct()
                .filter(name -> !componentClasses.contains(name))
                .toList();
    }

    private static void refuseTwins(Map<String, ServiceInstance> byName, ServiceInstance instance)
            throws DeploymentException {
        ServiceInstance twin = byName.put(instance.name(), instance);
        if (twin != null) {
            throw ServiceDeclaration.invalid(instance.origin().owner() + ": classes "
                    + twin.descriptor().className() + " and "
                    + instance.descriptor().className()
                    + " are both named " + instance.name() + "; rename one of them");
        }
    }
}
