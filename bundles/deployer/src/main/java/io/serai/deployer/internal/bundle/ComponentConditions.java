package io.serai.deployer.internal.bundle;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * Tells whether the Declarative Services components of a bundle are up. A component that wants a configuration it has
 * not got is not waited for: that is how optional components are switched off.
 */
public final class ComponentConditions implements BundleConditions {
    private static final String HEADER = "Service-Component";

    private final Supplier<Optional<ServiceComponentRuntime>> runtime;

    /** Makes conditions that are met as long as there is no runtime to ask. */
    public ComponentConditions(Supplier<Optional<ServiceComponentRuntime>> runtime) {
        this.runtime = runtime;
    }

    @Override
    public boolean check(Bundle bundle) throws DeploymentException {
        if (bundle.getHeaders("").get(HEADER) == null) {
            return false;
        }
        Optional<ServiceComponentRuntime> present = runtime.get();
        if (present.isEmpty()) {
            throw new DeploymentException(
                    Reason.UNSATISFIED,
                    "Bundle " + bundle.getSymbolicName()
                            + " has Declarative Services components, but nothing on this node runs them; install a"
                            + " Service Component Runtime.",
                    null);
        }
        check(bundle, present.get());
        return true;
    }

    private static void check(Bundle bundle, ServiceComponentRuntime runtime) throws DeploymentException {
        List<String> missing = new ArrayList<>();
        for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs(bundle)) {
            for (ComponentConfigurationDTO configuration : runtime.getComponentConfigurationDTOs(component)) {
                if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
                    throw failed(component, configuration);
                }
                if (configuration.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
                    Stream.of(configuration.unsatisfiedReferences)
                            .map(reference -> words(component, reference))
                            .forEach(missing::add);
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new DeploymentException(
                    Reason.UNSATISFIED,
                    "It waits for " + missing.stream().distinct().collect(Collectors.joining(", and for ")) + ".",
                    null);
        }
    }

    private static String words(ComponentDescriptionDTO component, UnsatisfiedReferenceDTO unsatisfied) {
        ReferenceDTO reference = Stream.of(component.references)
                .filter(each -> each.name.equals(unsatisfied.name))
                .findFirst()
                .orElse(null);
        String service = reference == null ? unsatisfied.name : reference.interfaceName;
        String target = text(unsatisfied.target);
        return "service " + service + (target.isEmpty() ? "" : " that matches " + target) + " (reference "
                + unsatisfied.name + " of component " + component.name
                + "); deploy a bundle that registers it";
    }

    private static DeploymentException failed(
            ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
        String failure = text(configuration.failure);
        return new DeploymentException(
                Reason.START_FAILED,
                "Component " + component.name + " (" + component.implementationClass + ") did not activate: "
                        + cause(failure) + ". Correct it and deploy it again.",
                failure,
                null);
    }

    /** Returns the innermost cause of a printed stack trace. */
    private static String cause(String trace) {
        List<String> causes = trace.lines()
                .filter(line -> line.startsWith("Caused by: "))
                .map(line -> line.substring("Caused by: ".length()))
                .toList();
        return causes.isEmpty() ? trace.lines().findFirst().orElse("no cause is known") : causes.get(causes.size() - 1);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
