package io.serai.camel.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.Suspendable;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.spi.RouteController;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of a context that consume from outside of the node, by a port, a folder, a queue, a timer: of two versions
 * of them only one may run. Not thread-safe.
 */
final class OutsideRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(OutsideRoutes.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long IDLE_MILLIS = 1_000;

    private final String owner;
    private final RouteCamelContext camel;
    private final List<String> stopped = new ArrayList<>();
    private final List<Route> halted = new ArrayList<>();

    OutsideRoutes(String owner, RouteCamelContext camel) {
        this.owner = owner;
        this.camel = camel;
    }

    /**
     * Has those that run begin no further exchange, and stops those that end what they have begun within some time. The
     * others go on with that until the context is closed, but keep what they may listen on.
     *
     * @throws InterruptedException if the thread was interrupted before; the routes must be
     *     {@linkplain #startAgain started again}
     */
    void makeWay(Duration patience) throws Exception {
        for (Route route : camel.getRoutes()) {
            boolean started = controller().getRouteStatus(route.getRouteId()) == ServiceStatus.Started;
            if (started && !callableFromWithin(route.getEndpoint())) {
                halted.add(route);
                halt(route);
            }
        }
        long deadline = System.nanoTime() + patience.toNanos();
        while (halted.stream().anyMatch(this::busy) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(
                    PAUSE_NANOS); // nothing tells of the end of an exchange that would cost each one nothing
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        halted.removeIf(route -> !busy(route) && stop(route));
    }

    void startAgain() {
        for (String id : stopped) {
            begin(id, () -> controller().startRoute(id));
        }
        stopped.clear();
        for (Route route : halted) {
            begin(route.getRouteId(), () -> {
                ServiceHelper.resumeService(route.getConsumer());
                ServiceHelper.startService(route.getConsumer());
            });
        }
        halted.clear();
    }

    private void begin(String id, ThrowingRunnable start) {
        try {
            start.run();
        } catch (Exception e) {
            LOG.error("Route did not start again: artifact={} route={}", owner, id, e);
        }
    }

    /** Suspends what can be suspended: to stop a consumer that polls is to interrupt what it has polled. */
    private static void halt(Route route) {
        Consumer consumer = route.getConsumer();
        if (consumer instanceof Suspendable) {
            ServiceHelper.suspendService(consumer);
        } else {
            ServiceHelper.stopService(consumer);
        }
    }

    private boolean busy(Route route) {
        int begun = camel.getInflightRepository().size(route.getRouteId());
        return begun > 0 || (route.getConsumer() instanceof ShutdownAware aware && aware.getPendingExchangesSize() > 0);
    }

    /** Stops a route that has nothing to do; returns whether it has stopped. */
    private boolean stop(Route route) {
        String id = route.getRouteId();
        try {
            if (controller().stopRoute(id, IDLE_MILLIS, TimeUnit.MILLISECONDS, true)) {
                stopped.add(id);
                return true;
            }
            halt(route); // Camel lets it go on when it is not done in time
            return false;
        } catch (Exception e) {
            LOG.warn("Route did not stop cleanly: artifact={} route={}", owner, id, e);
            stopped.add(id);
            return true;
        }
    }

    private RouteController controller() {
        return camel.getRouteController();
    }

    private interface ThrowingRunnable {
        void run() throws Exception;
    }

    private static boolean callableFromWithin(Endpoint endpoint) {
        return endpoint instanceof DirectEndpoint
                || endpoint instanceof SedaEndpoint
                || endpoint instanceof SeraiEndpoint;
    }
}
