package io.serai.camel.internal;

import io.serai.api.deploy.DeploymentException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The routes that are services, by the name of the service. Thread-safe. */
@Component(service = RouteServices.class)
public final class RouteServices {
    private static final int RETIRING = 32;

    private final BundleContext bundle;
    private final ServiceCalls calls;
    private final ExecutorService retiring = BackgroundThreads.of("retiring", RETIRING);
    private final ConcurrentHashMap<String, RouteServiceEntry> entries = new ConcurrentHashMap<>();

    @Activate
    public RouteServices(BundleContext bundle, @Reference ServiceCalls calls) {
        this.bundle = bundle;
        this.calls = calls;
    }

    @Deactivate
    void deactivate() {
        retiring.shutdown();
    }

    /** Makes a route answer the calls of a service, before any earlier one of the same artifact. */
    void attach(RouteOffer offer) throws DeploymentException {
        boolean attached = false;
        while (!attached) {
            RouteServiceEntry entry =
                    entries.computeIfAbsent(offer.name(), name -> new RouteServiceEntry(bundle, calls, retiring, name));
            try {
                attached = entry.push(offer);
            } finally {
                forgetIfEnded(entry);
            }
        }
    }

    /** Makes a route answer no longer; an earlier one that is still attached answers again. */
    void detach(RouteOffer offer) {
        RouteServiceEntry entry = entries.get(offer.name());
        if (entry != null) {
            entry.remove(offer);
            forgetIfEnded(entry);
        }
    }

    private void forgetIfEnded(RouteServiceEntry entry) {
        if (entry.ended()) {
            entries.remove(entry.name(), entry);
        }
    }
}
