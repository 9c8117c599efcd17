package io.serai.camel.internal;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.Route;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RoutesBuilderLoader;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The context of one version of one artifact, isolated from all others. Call order: {@link #load} or {@link #add},
 * {@link #prepare}, {@link #serve}, {@link #close}; from one thread at a time.
 */
final class RouteContext {
    private static final Logger LOG = LoggerFactory.getLogger(RouteContext.class);

    /** Most exchanges end in this time; a deployment must not wait for the others. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final RouteSource source;
    private final RouteCamelContext camel;
    private final Supplier<Duration> shutdownTime;
    private final OutsideRoutes outside;
    private boolean serving;
    private boolean replaced;

    RouteContext(RouteSource source, RouteCamelContext camel, Supplier<Duration> shutdownTime) {
        this.source = source;
        this.camel = camel;
        this.shutdownTime = shutdownTime;
        this.outside = new OutsideRoutes(source.owner(), camel);
    }

    /** Reads the routes of a file. */
    void load(RouteFile file) throws DeploymentException {
        attempt(() -> {
            if (!file.isBlank()) {
                Resource resource = file.resource();
                RoutesBuilderLoader loader = PluginHelper.getRoutesLoader(camel).getRoutesLoader(file.language());
                loader.preParseRoute(resource);
                addToCamel(List.of(loader.loadRoutesBuilder(resource)));
            }
            if (camel.getRouteDefinitions().isEmpty()) {
                throw new DeploymentException(Reason.INVALID, source.owner() + ": declares no route", null);
            }
        });
    }

    /** Adds the routes of builders; they start at once if the context serves. */
    void add(Collection<RoutesBuilder> builders) throws DeploymentException {
        attempt(() -> addToCamel(builders));
    }

    /** Makes routes, endpoints and processors, without starting any: what is unknown or ill-set is found here. */
    void prepare() throws DeploymentException {
        attempt(camel::init);
    }

    /** Returns the artifact it is of. */
    String owner() {
        return source.owner();
    }

    /** Returns what serves, for people. */
    String summary() {
        int routes = camel.getRoutesSize();
        return routes + (routes == 1 ? " route" : " routes");
    }

    /**
     * Starts the routes, in place of those of an earlier version. What only one of the two may consume (a port, a queue, a
     * folder) is let go by the earlier version first, which ends what it has begun; routes that are called from within the node overlap, so that no call
     * finds none. If it fails, the earlier version serves as before. A version that was replaced may serve again in place of
     * its successor, until it is closed.
     */
    void serve(Optional<RouteContext> previous) throws DeploymentException {
        try {
            if (previous.isPresent()) {
                previous.get().makeWay();
                FilesInProgress.hand(previous.get().camel, camel);
            }
            attempt(replaced ? this::startAgain : this::start);
            serving = true;
            previous.ifPresent(RouteContext::letGo);
        } catch (DeploymentException e) {
            uninterrupted(() -> {
                close();
                previous.ifPresent(RouteContext::resume);
            });
            throw e;
        }
    }

    /** Stops all routes, waiting for the exchanges they have begun, and lets go of everything. */
    void close() {
        serving = false;
        Duration limit = shutdownTime.get();
        camel.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        camel.getShutdownStrategy().setTimeout(limit.toMillis());
        try {
            inApplication(camel::stop);
        } catch (Exception e) {
            LOG.warn("Routes did not stop cleanly: artifact={}", source.owner(), e);
        }
        camel.release();
    }

    private void makeWay() throws DeploymentException {
        Duration limit = shutdownTime.get();
        attempt(() -> outside.makeWay(limit.compareTo(PATIENCE) < 0 ? limit : PATIENCE));
    }

    /** Ends being a service, but for the calls it has begun, so that it is not one again when its successor goes. */
    private void letGo() {
        services().forEach(SeraiConsumer::suspend);
        replaced = true;
    }

    private void startAgain() {
        outside.startAgain();
        services().forEach(SeraiConsumer::resume);
        replaced = false;
    }

    private Stream<SeraiConsumer> services() {
        return camel.getRoutes().stream()
                .map(Route::getConsumer)
                .filter(SeraiConsumer.class::isInstance)
                .map(SeraiConsumer.class::cast);
    }

    private void resume() {
        try {
            attempt(outside::startAgain);
        } catch (DeploymentException e) {
            LOG.error("Routes did not start again: artifact={}", source.owner(), e);
        }
    }

    private void start() throws InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException();
        }
        camel.start();
    }

    /** Does what must be done even if the deployer has interrupted this thread, because the artifact took too long. */
    private static void uninterrupted(Runnable action) {
        boolean interrupted = Thread.interrupted();
        try {
            action.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void addToCamel(Collection<RoutesBuilder> builders) throws Exception {
        for (RoutesBuilder builder : builders) {
            if (builder instanceof RouteConfigurationsBuilder configurations) {
                camel.addRoutesConfigurations(configurations);
            }
        }
        for (RoutesBuilder builder : builders) {
            camel.addRoutes(builder);
            camel.addTemplatedRoutes(builder);
        }
    }

    private void attempt(Attempt action) throws DeploymentException {
        try {
            inApplication(action);
        } catch (Exception | LinkageError e) {
            DeploymentException failure = new RouteFailure(source, new KnownNames(camel)).of(e);
            if (!serving) {
                uninterrupted(this::close);
            }
            throw failure;
        }
    }

    private void inApplication(Attempt action) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(camel.getApplicationContextClassLoader());
        try {
            action.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** A step that Camel may fail in any way. */
    private interface Attempt {
        void run() throws Exception;
    }
}
