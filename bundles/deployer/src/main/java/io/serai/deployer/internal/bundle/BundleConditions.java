package io.serai.deployer.internal.bundle;

import io.serai.api.deploy.DeploymentException;
import org.osgi.framework.Bundle;

/** Tells whether what a started bundle declares to an extender has come up. Called by many threads at a time. */
public interface BundleConditions {

    /**
     * Returns whether the bundle declares something of the kind; it has come up then.
     *
     * @throws DeploymentException {@code UNSATISFIED}, naming what it waits for; {@code START_FAILED} with the cause
     */
    boolean check(Bundle bundle) throws DeploymentException;

    /** Waits, for a moment, until it is known how what the bundle declares comes up; called once, after its start. */
    default void settle(Bundle bundle) throws InterruptedException {}

    /** Returns whether what did not come up will do so now, if the bundle is stopped and started again. */
    default boolean worthRestart(Bundle bundle) {
        return false;
    }
}
