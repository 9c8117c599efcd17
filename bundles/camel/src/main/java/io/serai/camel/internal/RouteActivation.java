package io.serai.camel.internal;

import io.serai.api.deploy.BundleExtension.Activation;
import io.serai.api.deploy.DeploymentException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.RoutesBuilder;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes of one bundle: of its builder classes, and of the builders it registers as services. Thread-safe. */
final class RouteActivation implements Activation {
    private static final Logger LOG = LoggerFactory.getLogger(RouteActivation.class);

    private final Bundle bundle;
    private final String owner;
    private final RouteContext context;
    private final Consumer<RouteActivation> forget;
    private final Set<ServiceReference<?>> seen = new HashSet<>(); // guarded by this
    private final List<ServiceReference<?>> waiting = new ArrayList<>(); // guarded by this
    private final Set<Class<?>> types = new HashSet<>(); // guarded by this
    private State state = State.PREPARING; // guarded by this

    private enum State {
        PREPARING,
        SERVING,
        RETIRED
    }

    RouteActivation(Bundle bundle, String owner, RouteContext context, Consumer<RouteActivation> forget) {
        this.bundle = bundle;
        this.owner = owner;
        this.context = context;
        this.forget = forget;
    }

    /** Prepares the routes of these builders, and of those that are services now. */
    synchronized void prepare(Collection<RoutesBuilder> builders) throws DeploymentException {
        List<RoutesBuilder> all = new ArrayList<>();
        services().filter(seen::add).map(this::builder).forEach(all::add);
        all.forEach(builder -> types.add(builder.getClass()));
        builders.stream().filter(builder -> types.add(builder.getClass())).forEach(all::add);
        try {
            context.add(all);
            context.prepare();
        } catch (DeploymentException e) {
            forget.accept(this);
            throw e;
        }
    }

    /** Adds the routes of a builder that has become a service later, as those of Blueprint do. */
    synchronized void add(ServiceReference<?> reference) {
        if (state == State.RETIRED || !seen.add(reference)) {
            return;
        }
        if (state == State.PREPARING) {
            waiting.add(reference);
        } else {
            addNow(reference);
        }
    }

    Bundle bundle() {
        return bundle;
    }

    RouteContext context() {
        return context;
    }

    @Override
    public synchronized String publish(Optional<Activation> previous) throws DeploymentException {
        context.serve(previous.map(RouteActivation.class::cast).map(RouteActivation::context));
        state = State.SERVING;
        waiting.forEach(this::addNow);
        waiting.clear();
        return context.summary();
    }

    @Override
    public void retire() {
        synchronized (this) {
            state = State.RETIRED;
        }
        forget.accept(this);
        context.close();
    }

    private void addNow(ServiceReference<?> reference) {
        try {
            RoutesBuilder builder = builder(reference);
            if (!types.add(builder.getClass())) {
                // The bundle registers a builder that was already found among its classes.
                return;
            }
            context.add(List.of(builder));
            LOG.info("Routes were added: artifact={} bundle={}", owner, bundle);
        } catch (DeploymentException e) {
            LOG.error("Routes of a service could not be added: artifact={} bundle={}", owner, bundle, e);
        }
    }

    private Stream<ServiceReference<?>> services() {
        ServiceReference<?>[] registered = bundle.getRegisteredServices();
        return registered == null
                ? Stream.empty()
                : Stream.of(registered)
                        .filter(reference -> Set.of((String[]) reference.getProperty(Constants.OBJECTCLASS))
                                .contains(RoutesBuilder.class.getName()));
    }

    private RoutesBuilder builder(ServiceReference<?> reference) {
        return (RoutesBuilder) bundle.getBundleContext().getService(reference);
    }
}
