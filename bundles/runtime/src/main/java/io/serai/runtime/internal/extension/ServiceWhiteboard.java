package io.serai.runtime.internal.extension;

import io.serai.api.deploy.BundleExtension;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.service.Service;
import io.serai.runtime.internal.invocation.BulkheadInvocation;
import io.serai.runtime.internal.registry.ServiceDirectory;
import io.serai.runtime.internal.registry.ServiceInstance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The OSGi services that offer themselves to be called by name. Those of bundles that the deployer installs wait until
 * their bundle is published; all others are registered at once, on the thread that registers them, so that who registers
 * one finds it registered afterwards.
 */
final class ServiceWhiteboard implements ServiceTrackerCustomizer<Object, Offer>, BundleListener {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceWhiteboard.class);

    private final BundleContext context;
    private final ServiceDirectory directory;
    private final BulkheadInvocation invocation;
    private final ServiceTracker<Object, Offer> tracker;
    private final Object lock = new Object();
    private final Map<Long, Managed> managed = new HashMap<>(); // guarded by lock
    private volatile boolean closing;

    /** What is known of a bundle that the deployer installed. */
    private static final class Managed {
        private final List<Offer> offers = new ArrayList<>();
        private Phase phase = Phase.HOLDING;
    }

    private enum Phase {
        /** It has not been published: what it registers waits. */
        HOLDING,
        /** It has been published, or had nothing to publish: what it registers is registered at once. */
        OPEN,
        /** It has been retired: what it registers is left alone. */
        RETIRED
    }

    ServiceWhiteboard(BundleContext context, ServiceDirectory directory, BulkheadInvocation invocation) {
        this.context = context;
        this.directory = directory;
        this.invocation = invocation;
        this.tracker = new ServiceTracker<>(context, Service.class.getName(), this);
    }

    void open() {
        context.addBundleListener(this);
        tracker.open();
    }

    /** Lets all go, without waiting for their calls: the runtime stops. */
    void close() {
        closing = true;
        context.removeBundleListener(this);
        tracker.close();
    }

    /** Returns what a bundle offers, and goes on to hold back what it will offer until {@link #release}. */
    List<Offer> hold(Bundle bundle) {
        synchronized (lock) {
            Managed of = of(bundle);
            of.phase = Phase.HOLDING;
            return List.copyOf(of.offers);
        }
    }

    /** Registers at once what a bundle offers from now on, and what it has offered since it was held. */
    void release(Bundle bundle, String owner) {
        List<Offer> late;
        synchronized (lock) {
            Managed of = of(bundle);
            of.phase = Phase.OPEN;
            late = of.offers.stream().filter(offer -> offer.instance() == null).toList();
        }
        late.forEach(offer -> register(offer, owner));
    }

    /** Returns the instances of what a bundle offers. */
    List<ServiceInstance> instances(Bundle bundle) {
        synchronized (lock) {
            Managed known = managed.get(bundle.getBundleId());
            return known == null
                    ? List.of()
                    : known.offers.stream()
                            .map(Offer::instance)
                            .filter(Objects::nonNull)
                            .toList();
        }
    }

    /** Leaves alone what a bundle offers from now on. */
    void retire(Bundle bundle) {
        synchronized (lock) {
            of(bundle).phase = Phase.RETIRED;
        }
    }

    /** Forgets the instances of what a bundle offers, which nobody calls any more. */
    void discard(Bundle bundle) {
        synchronized (lock) {
            of(bundle).offers.forEach(Offer::discard);
        }
    }

    private Managed of(Bundle bundle) {
        return managed.computeIfAbsent(bundle.getBundleId(), unknown -> new Managed());
    }

    @Override
    public Offer addingService(ServiceReference<Object> reference) {
        Bundle bundle = reference.getBundle();
        Offer offer = new Offer(context, reference);
        String location = bundle.getLocation();
        if (!location.startsWith(BundleExtension.LOCATION_SCHEME)) {
            register(offer, "bundle:" + bundle.getSymbolicName());
            return offer;
        }
        Phase phase;
        synchronized (lock) {
            Managed of = of(bundle);
            of.offers.add(offer);
            phase = of.phase;
        }
        if (phase == Phase.OPEN) {
            register(offer, owner(location));
        }
        return offer;
    }

    /** Returns the owner that a location names: {@code serai:<owner>?<blob id>}. */
    private static String owner(String location) {
        int end = location.lastIndexOf('?');
        int start = BundleExtension.LOCATION_SCHEME.length();
        return end < start ? location.substring(start) : location.substring(start, end);
    }

    private void register(Offer offer, String owner) {
        try {
            directory.claim(offer.instance(owner, directory));
        } catch (DeploymentException e) {
            LOG.warn("Left an OSGi service without its name for now: owner={} cause={}", owner, e.getMessage());
        }
    }

    @Override
    public void modifiedService(ServiceReference<Object> reference, Offer offer) {
        // A component that changes its properties keeps the name it was registered under
    }

    /** Blocks until the calls in flight are done: when this returns, the service is deactivated by who registered it. */
    @Override
    public void removedService(ServiceReference<Object> reference, Offer offer) {
        synchronized (lock) {
            managed.values().forEach(of -> of.offers.remove(offer));
        }
        ServiceInstance instance = offer.instance();
        if (instance != null) {
            directory.withdraw(List.of(instance));
            if (!closing) {
                invocation.drain(List.of(instance));
            }
        }
        offer.release();
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.UNINSTALLED) {
            synchronized (lock) {
                managed.remove(event.getBundle().getBundleId());
            }
        }
    }
}
