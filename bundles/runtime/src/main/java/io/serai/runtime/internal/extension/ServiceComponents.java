package io.serai.runtime.internal.extension;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.service.Service;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** The components of Declarative Services that are services to be called by name. */
final class ServiceComponents {
    private static final String EXTENDER = "osgi.extender";
    private static final String COMPONENT = "osgi.component";

    private final ServiceComponentRuntime runtime;

    ServiceComponents(ServiceComponentRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * Returns the classes of the components that register such services.
     *
     * @throws DeploymentException {@code UNSATISFIED} if one of them does not, because it waits for something
     */
    Set<String> require(Bundle bundle, BundleRevision revision, String owner) throws DeploymentException {
        if (revision.getDeclaredRequirements(EXTENDER).stream().noneMatch(ServiceComponents::isForComponents)) {
            return Set.of();
        }
        Set<String> classes = new HashSet<>();
        for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs(bundle)) {
            if (Arrays.asList(component.serviceInterfaces).contains(Service.class.getName())) {
                requireSatisfied(component, owner);
                classes.add(component.implementationClass);
            }
        }
        return classes;
    }

    private static boolean isForComponents(BundleRequirement requirement) {
        String filter = requirement.getDirectives().get(Constants.FILTER_DIRECTIVE);
        return filter != null && filter.contains(COMPONENT);
    }

    private void requireSatisfied(ComponentDescriptionDTO component, String owner) throws DeploymentException {
        Collection<ComponentConfigurationDTO> configurations = runtime.getComponentConfigurationDTOs(component);
        for (ComponentConfigurationDTO configuration : configurations) {
            String missing = missing(component, configuration);
            if (missing != null) {
                throw new DeploymentException(
                        Reason.UNSATISFIED, owner + ": component " + component.name + " waits for " + missing, null);
            }
        }
    }

    private static @Nullable String missing(
            ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
        if (configuration.state == ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION) {
            return "its configuration " + String.join(" or ", component.configurationPid);
        }
        if (configuration.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
            return "a service "
                    + Arrays.stream(configuration.unsatisfiedReferences)
                            .map(reference -> wanted(component, reference))
                            .collect(Collectors.joining(" and a service "));
        }
        return null;
    }

    private static String wanted(ComponentDescriptionDTO component, UnsatisfiedReferenceDTO reference) {
        String target = reference.target == null ? "" : " with " + reference.target;
        for (ReferenceDTO declared : component.references) {
            if (declared.name.equals(reference.name)) {
                return declared.interfaceName + target;
            }
        }
        return reference.name + target;
    }
}
