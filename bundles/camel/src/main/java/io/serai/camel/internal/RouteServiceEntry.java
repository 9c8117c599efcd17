package io.serai.camel.internal;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.service.Context;
import io.serai.api.service.Service;
import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceInfo;
import java.util.Deque;
import java.util.Dictionary;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One service that is a route. It stays registered while one version of the route takes over from another: the newest
 * answers. Ends with its last route. Thread-safe; its lock is held while the OSGi service comes and goes, so that the
 * registrations keep the order of the routes: the runtime, which hears of them, calls no route from there. It waits for the
 * calls of a service that goes, for which nothing here waits longer than a moment.
 */
final class RouteServiceEntry {
    private static final Logger LOG = LoggerFactory.getLogger(RouteServiceEntry.class);

    /** The runtime needs microseconds where no call is under way. */
    private static final long MOMENT_MILLIS = 250;

    private final BundleContext bundle;
    private final ServiceCalls calls;
    private final ExecutorService retiring;
    private final String name;
    private final Deque<RouteOffer> offers = new ConcurrentLinkedDeque<>(); // changed only under this
    private RouteOffer.@Nullable Declaration declared; // guarded by this
    private @Nullable ServiceRegistration<?> registration; // guarded by this
    private boolean ended; // guarded by this

    /** Makes an entry without a route, which lets go of registrations on threads of {@code retiring}. */
    RouteServiceEntry(BundleContext bundle, ServiceCalls calls, ExecutorService retiring, String name) {
        this.bundle = bundle;
        this.calls = calls;
        this.retiring = retiring;
        this.name = name;
    }

    String name() {
        return name;
    }

    synchronized boolean ended() {
        return ended;
    }

    /**
     * Makes a route answer.
     *
     * @return false if this has ended
     * @throws DeploymentException if the service is another's, or cannot be published
     */
    synchronized boolean push(RouteOffer offer) throws DeploymentException {
        if (ended) {
            return false;
        }
        try {
            refuseIfTaken(offer);
        } catch (DeploymentException e) {
            ended = offers.isEmpty();
            throw e;
        }
        offer.gate().open();
        offers.push(offer);
        register(offer);
        if (calls.available()
                && calls.find(name)
                        .filter(found -> found.owner().equals(offer.owner()))
                        .isEmpty()) {
            remove(offer);
            throw conflict(offer, ", because another has just claimed its name or a REST channel; the log says who");
        }
        return true;
    }

    synchronized void remove(RouteOffer offer) {
        offers.remove(offer);
        offer.gate().close();
        RouteOffer newest = offers.peek();
        if (newest == null) {
            ended = true;
            unregister(registration);
            registration = null;
        } else {
            register(newest);
        }
    }

    private void refuseIfTaken(RouteOffer offer) throws DeploymentException {
        Optional<String> holder = holderAgainst(offer);
        if (holder.isPresent()) {
            throw conflict(offer, ", because " + holder.get() + " has a service of that name; rename one of them");
        }
        try {
            calls.check(offer.descriptor(bundle.getBundle().getBundleId()));
        } catch (DeploymentException e) {
            throw conflict(offer, ". " + e.getMessage());
        }
    }

    /** Returns whose the service is, if it cannot be of this route, too. */
    private Optional<String> holderAgainst(RouteOffer offer) {
        if (offers.isEmpty()) {
            return calls.find(name).map(ServiceDescriptor::owner).filter(owner -> !owner.equals(offer.owner()));
        }
        return offers.stream()
                .filter(held -> !held.owner().equals(offer.owner()) || held.version() == offer.version())
                .map(RouteOffer::owner)
                .findFirst();
    }

    /** Registers what an offer declares, if it is not that already; the earlier registration goes after, to leave no gap. */
    private void register(RouteOffer offer) {
        if (offer.declaration().equals(declared)) {
            return;
        }
        ServiceRegistration<?> earlier = registration;
        Dictionary<String, Object> properties = FrameworkUtil.asDictionary(Map.of(
                ServiceInfo.NAME, name,
                ServiceInfo.OWNER, offer.owner(),
                ServiceInfo.REST, offer.declaration().rest().toArray(new String[0])));
        Service<?, ?> service = offer.declaration().input().service(this::call);
        registration = bundle.registerService(Service.class.getName(), service, properties);
        declared = offer.declaration();
        unregister(earlier);
    }

    /** Unregisters: the runtime lets go of the name at once, and then waits for the calls that are under way. */
    private void unregister(@Nullable ServiceRegistration<?> gone) {
        if (gone == null) {
            return;
        }
        Future<?> end = retiring.submit(gone::unregister);
        try {
            end.get(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.debug("Calls of a route go on while it is replaced or removed: service={}", name);
        } catch (ExecutionException e) {
            LOG.warn("Service of a route was not unregistered cleanly: service={}", name, e);
        }
    }

    private @Nullable Object call(@Nullable Object input, Context context) throws Exception {
        // A route leaves the list before its gate is closed, so this ends.
        for (RouteOffer newest = offers.peek(); newest != null; newest = offers.peek()) {
            if (newest.gate().enter()) {
                return newest.target().call(input, context);
            }
        }
        throw new ServiceException(
                ServiceException.Reason.UNAVAILABLE, "Service " + name + " is a route that has stopped");
    }

    private DeploymentException conflict(RouteOffer offer, String why) {
        return new DeploymentException(
                Reason.CONFLICT, offer.owner() + ": a route cannot become service '" + name + "'" + why, null);
    }
}
