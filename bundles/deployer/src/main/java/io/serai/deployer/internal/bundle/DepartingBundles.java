package io.serai.deployer.internal.bundle;

import java.util.Collection;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Bundles that are being replaced or have been uninstalled, to which nothing may be wired any more. The framework keeps
 * them while others are wired to them, and would prefer them to their successors.
 */
final class DepartingBundles implements ResolverHookFactory {
    private final Set<Bundle> departing = ConcurrentHashMap.newKeySet();

    void add(Bundle bundle) {
        departing.add(bundle);
    }

    boolean remove(Bundle bundle) {
        return departing.remove(bundle);
    }

    boolean contains(Bundle bundle) {
        return departing.contains(bundle);
    }

    /** Forgets those that are gone for good. */
    void prune(FrameworkWiring wiring) {
        if (!departing.isEmpty()) {
            Collection<Bundle> pending = wiring.getRemovalPendingBundles();
            departing.removeIf(bundle -> bundle.getState() == Bundle.UNINSTALLED && !pending.contains(bundle));
        }
    }

    @Override
    public @Nullable ResolverHook begin(Collection<BundleRevision> triggers) {
        return departing.isEmpty() ? null : new Filter(Set.copyOf(departing));
    }

    private record Filter(Set<Bundle> departing) implements ResolverHook {

        @Override
        public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
            for (Iterator<BundleCapability> each = candidates.iterator(); each.hasNext(); ) {
                BundleRevision provider = each.next().getRevision();
                if (departing.contains(provider.getBundle()) && provider != requirement.getRevision()) {
                    each.remove();
                }
            }
        }

        @Override
        public void filterResolvable(Collection<BundleRevision> candidates) {
            // which bundles are resolved is decided by who asks
        }

        @Override
        public void filterSingletonCollisions(
                BundleCapability singleton, Collection<BundleCapability> collisionCandidates) {
            // singletons collide as ever
        }

        @Override
        public void end() {
            // nothing is kept
        }
    }
}
