package io.serai.api.deploy;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.framework.Bundle;

/**
 * Finds in a started bundle what it declares (services, routes) and makes it serve; register it as an OSGi service. This
 * is how one version of an artifact replaces another in one step: the deployer prepares the new bundle, publishes it in
 * place of the old, then retires the old.
 */
@ConsumerType
public interface BundleExtension {

    /**
     * The scheme of the location of every bundle that the deployer installs: {@code serai:<owner>?<blob id>}. What such a
     * bundle registers when it starts is held back until it is prepared and published.
     */
    String LOCATION_SCHEME = "serai:";

    /**
     * Prepares what a bundle declares, without letting anybody reach it. Runs code of the bundle.
     *
     * @param bundle a bundle that is started, deployed by the deployer
     * @param owner the artifact it is from
     * @return what can be published; empty if the bundle declares nothing this extension knows
     * @throws DeploymentException if it cannot be prepared; nothing is left behind
     */
    Optional<Activation> prepare(Bundle bundle, String owner) throws DeploymentException;

    /** What one extension prepared of one bundle. Its methods are called in the order they stand here. */
    @ConsumerType
    interface Activation {

        /**
         * Makes it reachable, replacing in the same step what an earlier bundle of the same artifact published, or an older
         * version of the same bundle that came as another artifact.
         *
         * <p>May be called again on one that was replaced and is not retired, to take its place back: another extension
         * could not publish the new bundle, so that the old one serves on with all of them.
         *
         * @param previous what serves until now, made by the same extension
         * @return what serves now, for people: {@code service orders.get}
         * @throws DeploymentException if it cannot serve; the previous one serves as before
         */
        String publish(Optional<Activation> previous) throws DeploymentException;

        /** Makes it unreachable, unless another has replaced it, waits for calls in flight, and lets go of everything. */
        void retire();
    }
}
