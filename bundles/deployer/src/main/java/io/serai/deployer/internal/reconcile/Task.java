package io.serai.deployer.internal.reconcile;

import io.serai.api.deploy.DeploymentException;
import java.time.Duration;

/** A piece of work that runs somebody else's code, and so may throw, take long or hang. */
public interface Task {
    /** How long a task may keep others waiting; what starts normally takes a tenth of it. */
    Duration PATIENCE = Duration.ofMillis(250);

    /** Does the work, on a thread of the crew. */
    void run() throws DeploymentException;

    /** Cleans up after a run that was given up and then ended after all; called on the thread that ran it. */
    default void undo() {}

    /** Goes on after a run that nobody waited for, or that took long; called by the reconciler's thread. */
    void finished(Job job) throws InterruptedException;

    /** Returns how long it may keep others waiting that come after it. */
    default Duration patience() {
        return PATIENCE;
    }

    /** Returns what it does, for people: {@code start of deploy/orders.jar}. */
    String subject();
}
