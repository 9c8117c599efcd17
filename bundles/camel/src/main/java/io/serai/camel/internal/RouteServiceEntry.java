package io.serai.camel.internal;

import io.serai.api.service.Context;
import io.serai.api.service.Service;
import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceException.Reason;
import io.serai.api.service.ServiceInfo;
import java.util.Deque;
import java.util.Dictionary;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/**
 * One service that is a route. It stays registered while one version of the route takes over from another: the newest
 * answers. Not thread-safe, but for the calls.
 */
final class RouteServiceEntry {
    private final BundleContext bundle;
    private final Deque<RouteOffer> offers = new ConcurrentLinkedDeque<>();
    private RouteOffer.@Nullable Declaration declared;
    private @Nullable ServiceRegistration<?> registration;

    RouteServiceEntry(BundleContext bundle) {
        this.bundle = bundle;
    }

    /** Returns whose the service is, if it cannot be of this route, too. */
    Optional<String> holderAgainst(RouteOffer offer) {
        return offers.stream()
                .filter(held -> !held.owner().equals(offer.owner()) || held.version() == offer.version())
                .map(RouteOffer::owner)
                .findFirst();
    }

    void push(RouteOffer offer) {
        offer.gate().open();
        offers.push(offer);
        register(offer);
    }

    /** Returns whether no route is left. */
    boolean remove(RouteOffer offer) {
        offers.remove(offer);
        offer.gate().close();
        RouteOffer newest = offers.peek();
        if (newest == null) {
            unregister();
            return true;
        }
        register(newest);
        return false;
    }

    private void register(RouteOffer offer) {
        if (offer.declaration().equals(declared)) {
            return;
        }
        unregister();
        Dictionary<String, Object> properties = FrameworkUtil.asDictionary(Map.of(
                ServiceInfo.NAME, offer.name(),
                ServiceInfo.OWNER, offer.owner(),
                ServiceInfo.REST, offer.declaration().rest().toArray(new String[0])));
        Service<?, ?> service = offer.declaration().input().service(this::call);
        registration = bundle.registerService(Service.class.getName(), service, properties);
        declared = offer.declaration();
    }

    private void unregister() {
        if (registration != null) {
            registration.unregister();
            registration = null;
            declared = null;
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
                Reason.UNAVAILABLE, "Service " + context.serviceName() + " is a route that has stopped");
    }
}
