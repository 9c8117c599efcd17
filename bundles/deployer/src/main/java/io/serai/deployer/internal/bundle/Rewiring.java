package io.serai.deployer.internal.bundle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to what is wired to bundles that go. Bundles of ours are deployed once more; others are refreshed, when nothing of
 * ours is in the way any more. Used by the reconciler's thread only, unless stated.
 */
final class Rewiring {
    private static final Logger LOG = LoggerFactory.getLogger(Rewiring.class);

    private final FrameworkWiring wiring;
    private final DepartingBundles departing;
    private final Set<Bundle> toRefresh = new HashSet<>();
    private final Set<BundleDeployment> inTheWay = ConcurrentHashMap.newKeySet();

    Rewiring(FrameworkWiring wiring, DepartingBundles departing) {
        this.wiring = wiring;
        this.departing = departing;
    }

    /** Keeps what is resolved from now on from being wired to a bundle that is to be replaced. */
    void depart(BundleDeployment deployment) {
        if (deployment.exporting()) {
            departing.add(deployment.installed());
        }
    }

    /** Takes back {@link #depart}; returns whether it had an effect. */
    boolean stay(BundleDeployment deployment) {
        return deployment.bundle != null && departing.remove(deployment.installed());
    }

    /** Marks what is wired to deployments that go; to be called before they are uninstalled. */
    void mark(Collection<BundleDeployment> going, Collection<BundleDeployment> ours) {
        Set<Bundle> bundles = new HashSet<>();
        going.stream().filter(each -> each.bundle != null).forEach(each -> bundles.add(each.installed()));
        List<Bundle> dependents = new ArrayList<>(wiring.getDependencyClosure(bundles));
        dependents.removeIf(bundles::contains);
        if (dependents.isEmpty()) {
            return;
        }
        going.forEach(this::depart);
        Map<Bundle, BundleDeployment> owners = new HashMap<>();
        ours.stream().filter(each -> each.bundle != null).forEach(each -> owners.put(each.installed(), each));
        for (Bundle dependent : dependents) {
            BundleDeployment owner = owners.get(dependent);
            if (owner != null) {
                owner.stale = true;
            } else if (!BundleLocation.isOurs(dependent.getLocation())) {
                toRefresh.add(dependent);
                inTheWay.addAll(going);
            }
        }
    }

    /** Takes note that a deployment has been uninstalled, on any thread; returns whether a refresh waits for that. */
    boolean uninstalled(BundleDeployment deployment) {
        return inTheWay.remove(deployment);
    }

    /** Refreshes bundles that are not ours, if it is time to. */
    void refresh() {
        departing.prune(wiring);
        if (toRefresh.isEmpty() || !inTheWay.isEmpty()) {
            return;
        }
        toRefresh.removeIf(bundle -> bundle.getState() == Bundle.UNINSTALLED);
        if (!toRefresh.isEmpty()) {
            LOG.info("Bundles were refreshed, because a library they use was replaced: bundles={}", toRefresh);
            wiring.refreshBundles(Set.copyOf(toRefresh));
        }
        toRefresh.clear();
    }
}
