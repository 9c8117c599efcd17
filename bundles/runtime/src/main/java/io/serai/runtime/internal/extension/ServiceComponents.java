package io.serai.runtime.internal.extension;

import io.serai.api.service.Service;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** The components of Declarative Services that are services to be called by name. */
final class ServiceComponents {
    private static final String EXTENDER = "osgi.extender";
    private static final String COMPONENT = "osgi.component";

    private final ServiceComponentRuntime runtime;

    ServiceComponents(ServiceComponentRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * Returns the classes of the components of a bundle that register such services, now or when they have what they wait
     * for: nobody else may instantiate them.
     */
    Set<String> classNames(Bundle bundle, BundleRevision revision) {
        if (revision.getDeclaredRequirements(EXTENDER).stream().noneMatch(ServiceComponents::isForComponents)) {
            return Set.of();
        }
        return runtime.getComponentDescriptionDTOs(bundle).stream()
                .filter(component -> Arrays.asList(component.serviceInterfaces).contains(Service.class.getName()))
                .map(component -> component.implementationClass)
                .collect(Collectors.toSet());
    }

    private static boolean isForComponents(BundleRequirement requirement) {
        String filter = requirement.getDirectives().get(Constants.FILTER_DIRECTIVE);
        return filter != null && filter.contains(COMPONENT);
    }
}
