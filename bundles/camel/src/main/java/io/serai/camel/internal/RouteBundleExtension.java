package io.serai.camel.internal;

import io.serai.api.deploy.BundleExtension;
import io.serai.api.deploy.DeploymentException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.RoutesBuilder;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Runs the route builders of each bundle in a context of its own. */
@Component(service = BundleExtension.class)
public final class RouteBundleExtension implements BundleExtension {
    private final Bundle core;
    private final RouteContexts contexts;
    private final Map<Bundle, RouteActivation> activations = new ConcurrentHashMap<>();

    @Activate
    public RouteBundleExtension(BundleContext bundle, @Reference RouteContexts contexts) {
        this.core = bundle.getBundle();
        this.contexts = contexts;
    }

    @Deactivate
    void deactivate() {
        contexts.closeAll(
                activations.values().stream().map(RouteActivation::context).toList());
        activations.clear();
    }

    @Override
    public Optional<Activation> prepare(Bundle bundle, String owner) throws DeploymentException {
        if (!RouteBuilderClasses.possibleIn(bundle, core)) {
            return Optional.empty();
        }
        RouteBuilderClasses classes = new RouteBuilderClasses(bundle);
        List<RoutesBuilder> builders = classes.create();
        if (builders.isEmpty() && !classes.hasComponents()) {
            return Optional.empty();
        }
        RouteContext context =
                contexts.create(bundle.getSymbolicName(), new RouteSource(owner, List.of()), bundle.getBundleContext());
        RouteActivation activation = new RouteActivation(bundle, owner, context, this::forget);
        // From here on no builder that becomes a service is missed.
        activations.put(bundle, activation);
        activation.prepare(builders);
        return Optional.of(activation);
    }

    private void forget(RouteActivation activation) {
        activations.remove(activation.bundle(), activation);
    }

    /** Takes a builder that a deployed bundle has registered as a service. */
    @Reference(
            service = RoutesBuilder.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bindBuilder(ServiceReference<RoutesBuilder> builder) {
        RouteActivation activation = activations.get(builder.getBundle());
        if (activation != null) {
            contexts.execute(() -> activation.add(builder));
        }
    }

    /** Leaves the routes as they are: they go with the bundle. */
    void unbindBuilder(ServiceReference<RoutesBuilder> builder) {}
}
