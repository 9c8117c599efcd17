package io.serai.camel.internal;

import io.serai.api.deploy.DeploymentException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the contexts that routes run in, and lets them go. Loads nothing of Camel before the first one is made. */
@Component(service = RouteContexts.class, configurationPid = CamelSettings.PID)
@Designate(ocd = CamelConfig.class)
public final class RouteContexts {
    /** So many contexts may be at their last exchanges at a time before others that have ended wait to be let go. */
    private static final int ENDING = 32;

    /** After this time a removal counts as done; what is left is some exchanges that end. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** Conventions: what a component started is undone within five seconds. */
    private static final Duration DEACTIVATION = Duration.ofSeconds(4);

    private static final Duration LAST_EXCHANGES = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(RouteContexts.class);

    private final BundleContext bundle;
    private final ServiceCalls calls;
    private final RouteServices services;
    private final ExecutorService ending = BackgroundThreads.of("ending", ENDING);
    private final ExecutorService adding = BackgroundThreads.of("adding", 1);
    private volatile CamelSettings settings;
    private volatile boolean stopping;

    @Activate
    public RouteContexts(
            BundleContext bundle,
            CamelConfig config,
            @Reference ServiceCalls calls,
            @Reference RouteServices services) {
        this.bundle = bundle;
        this.calls = calls;
        this.services = services;
        this.settings = CamelSettings.of(config);
    }

    /** Takes a changed configuration over; reactivation would stop all routes. */
    @Modified
    void modified(CamelConfig config) {
        settings = CamelSettings.of(config);
    }

    @Deactivate
    void deactivate() {
        adding.shutdown();
        ending.shutdown();
    }

    /** Makes the context of a file of routes, which has read them. */
    RouteContext load(RouteFile file) throws DeploymentException {
        RouteContext context = create(file.contextName(), file.source(), bundle);
        context.load(file);
        return context;
    }

    /**
     * Makes a context.
     *
     * @param source the artifact it is for
     * @param application the bundle whose classes the routes use
     */
    RouteContext create(String name, RouteSource source, BundleContext application) {
        RouteCamelContext camel = new RouteCamelContext(name, application);
        camel.addComponent(SeraiComponent.SCHEME, new SeraiComponent(calls, services, source.owner()));
        return new RouteContext(source, camel, this::shutdownTime);
    }

    /** Lets a context that has been replaced finish what it has begun, without waiting for it. */
    void retire(RouteContext context) {
        ending.execute(context::close);
    }

    /** Ends a context that nothing replaces. Waits a moment for its exchanges; those that take longer go on. */
    void end(RouteContext context) {
        Future<?> end = ending.submit(context::close);
        try {
            end.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.info("Routes end when their exchanges have ended: artifact={}", context.owner());
        } catch (ExecutionException e) {
            LOG.warn("Routes did not stop cleanly: artifact={}", context.owner(), e);
        }
    }

    /** Does on another thread what a listener must not do on its own. */
    void execute(Runnable task) {
        adding.execute(task);
    }

    /** Stops contexts because this bundle or the node stops, so at once. */
    void closeAll(Collection<RouteContext> contexts) {
        stopping = true;
        CompletableFuture<?>[] closed = contexts.stream()
                .map(context -> CompletableFuture.runAsync(context::close, ending))
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(closed).get(DEACTIVATION.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Routes did not stop in time: limit_millis={}", DEACTIVATION.toMillis(), e);
        }
    }

    private Duration shutdownTime() {
        return stopping ? LAST_EXCHANGES : settings.shutdown();
    }
}
