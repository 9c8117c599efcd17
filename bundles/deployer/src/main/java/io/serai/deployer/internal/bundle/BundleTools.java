package io.serai.deployer.internal.bundle;

import java.util.List;
import org.osgi.framework.BundleContext;

/**
 * What bundles are made, started and prepared with.
 *
 * @param context installs bundles
 * @param builders turn artifacts into bundles
 * @param extensions find what started bundles declare
 * @param conditions tell whether what they declare is up
 */
public record BundleTools(
        BundleContext context, Builders builders, Extensions extensions, List<BundleConditions> conditions) {
    /** Copies. */
    public BundleTools {
        conditions = List.copyOf(conditions);
    }
}
