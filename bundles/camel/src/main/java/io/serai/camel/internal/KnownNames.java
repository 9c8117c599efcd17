package io.serai.camel.internal;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.spi.DataFormatResolver;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.LanguageResolver;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The names this node can resolve now. Camel's activator registers a resolver for each bundle that has components,
 * languages or data formats, with their names as a service property.
 */
final class KnownNames {
    private final RouteCamelContext camel;

    KnownNames(RouteCamelContext camel) {
        this.camel = camel;
    }

    Collection<String> components() {
        Set<String> names = resolvable(ComponentResolver.class, "component");
        names.addAll(camel.getComponentNames());
        return names;
    }

    Collection<String> languages() {
        return resolvable(LanguageResolver.class, "language");
    }

    Collection<String> dataFormats() {
        return resolvable(DataFormatResolver.class, "dataformat");
    }

    /** Returns the options an endpoint of a component has; none if the component does not tell. */
    Collection<String> options(String component) {
        if (component.equals(SeraiComponent.SCHEME)) {
            return SeraiEndpoint.OPTIONS;
        }
        EndpointUriFactory factory = camel.getCamelContextExtension().getEndpointUriFactory(component);
        return factory == null ? Set.of() : factory.propertyNames();
    }

    private Set<String> resolvable(Class<?> resolver, String property) {
        Set<String> names = new TreeSet<>();
        BundleContext bundles = camel.getBundleContext();
        try {
            ServiceReference<?>[] references = bundles.getAllServiceReferences(resolver.getName(), null);
            for (ServiceReference<?> reference : references == null ? new ServiceReference<?>[0] : references) {
                if (reference.getProperty(property) instanceof String[] values) {
                    names.addAll(Set.of(values));
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("No filter cannot be a bad filter", e);
        }
        return names;
    }
}
