package io.serai.camel.internal;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.spi.RouteController;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of a context that consume from outside of the node, by a port, a folder, a queue, a timer: of two versions
 * of them only one may run. Not thread-safe.
 */
final class OutsideRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(OutsideRoutes.class);

    private final String owner;
    private final RouteCamelContext camel;
    private final List<String> stopped = new ArrayList<>();

    OutsideRoutes(String owner, RouteCamelContext camel) {
        this.owner = owner;
        this.camel = camel;
    }

    /**
     * Stops those that run, after the exchanges they have begun.
     *
     * @throws DeploymentException {@code CONFLICT} if an exchange does not end in time, or the thread is interrupted
     *     before; the routes must be {@linkplain #startAgain started again}
     */
    void stop(Duration limit) throws DeploymentException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (Route route : camel.getRoutes()) {
            String id = route.getRouteId();
            if (!callableFromWithin(route.getEndpoint()) && controller().getRouteStatus(id) == ServiceStatus.Started) {
                long millisLeft = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
                if (!stop(id, millisLeft)) {
                    throw new DeploymentException(
                            Reason.CONFLICT,
                            owner + ": the version that serves goes on, because route " + id + " has not ended its"
                                    + " exchanges in time; deploy again when it is less busy",
                            null);
                }
            }
        }
    }

    void startAgain() {
        for (String id : stopped) {
            try {
                controller().startRoute(id);
            } catch (Exception e) {
                LOG.error("Route did not start again: artifact={} route={}", owner, id, e);
            }
        }
        stopped.clear();
    }

    private boolean stop(String id, long millis) {
        try {
            boolean ended = controller().stopRoute(id, millis, TimeUnit.MILLISECONDS, true);
            if (ended) {
                stopped.add(id);
            }
            return ended;
        } catch (Exception e) {
            LOG.warn("Route did not stop cleanly: artifact={} route={}", owner, id, e);
            stopped.add(id);
            return true;
        }
    }

    private RouteController controller() {
        return camel.getRouteController();
    }

    private static boolean callableFromWithin(Endpoint endpoint) {
        return endpoint instanceof DirectEndpoint
                || endpoint instanceof SedaEndpoint
                || endpoint instanceof SeraiEndpoint;
    }
}
