package io.serai.deployer.internal.bundle;

import java.util.Arrays;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Resolves the bundles of artifacts that the framework has kept, all in one step and before anybody asks for one. Karaf's
 * shell looks for metatype documents in every bundle when it comes up, which has the framework resolve each by itself: a
 * second and a half of both processors for a thousand bundles. For the same reason the deployer has a low start level.
 */
@Component(
        service = {},
        immediate = true)
public final class KeptBundles {
    /** Resolves them; those that cannot be stay as they are until the deployer tells why. */
    @Activate
    public KeptBundles(BundleContext context) {
        List<Bundle> kept = Arrays.stream(context.getBundles())
                .filter(bundle -> BundleLocation.isOurs(bundle.getLocation()))
                .toList();
        if (!kept.isEmpty()) {
            context.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(kept);
        }
    }
}
