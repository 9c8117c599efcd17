package io.serai.camel.internal;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.runtime.ServiceDescriptor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The routes that are services, by the name of the service. */
@Component(service = RouteServices.class)
public final class RouteServices {
    private final BundleContext bundle;
    private final ServiceCalls calls;
    private final Object lock = new Object();
    private final Map<String, RouteServiceEntry> entries = new HashMap<>(); // guarded by lock

    @Activate
    public RouteServices(BundleContext bundle, @Reference ServiceCalls calls) {
        this.bundle = bundle;
        this.calls = calls;
    }

    /** Makes a route answer the calls of a service, before any earlier one of the same artifact. */
    void attach(RouteOffer offer) throws DeploymentException {
        // The lock is held while the service is registered, so that the registrations of one name keep the order of its
        // routes; the runtime, which hears of them, does not call back from there.
        synchronized (lock) {
            RouteServiceEntry entry = entries.get(offer.name());
            refuseIfTaken(offer, entry);
            if (entry == null) {
                entry = new RouteServiceEntry(bundle);
                entries.put(offer.name(), entry);
            }
            entry.push(offer);
        }
    }

    /** Makes a route answer no longer; an earlier one that is still attached answers again. */
    void detach(RouteOffer offer) {
        synchronized (lock) {
            RouteServiceEntry entry = entries.get(offer.name());
            if (entry != null && entry.remove(offer)) {
                entries.remove(offer.name());
            }
        }
    }

    private void refuseIfTaken(RouteOffer offer, @Nullable RouteServiceEntry entry) throws DeploymentException {
        Optional<String> holder = entry == null
                ? calls.find(offer.name()).map(ServiceDescriptor::owner).filter(owner -> !owner.equals(offer.owner()))
                : entry.holderAgainst(offer);
        if (holder.isPresent()) {
            throw new DeploymentException(
                    Reason.CONFLICT,
                    offer.owner() + ": a route cannot become service '" + offer.name() + "', because " + holder.get()
                            + " has a service of that name; rename one of them",
                    null);
        }
    }
}
