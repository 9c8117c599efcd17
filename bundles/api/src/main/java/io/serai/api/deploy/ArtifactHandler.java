package io.serai.api.deploy;

import io.serai.api.state.StatePath;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes artifacts of one kind run; register it as an OSGi service. Never called by two threads at a time for the same
 * path, but for different paths. A handler keeps nothing on disk: after a restart everything is applied again.
 */
@ConsumerType
public interface ArtifactHandler {

    /** Returns what it takes, for people: {@code Camel routes (.camel.yaml, .camel.xml)}. */
    String description();

    /** Returns whether this handler takes files of this path, which is relative to its layer. */
    boolean handles(StatePath path);

    /**
     * Deploys an artifact, or replaces the version of it that is deployed, which goes on serving until the new one does.
     * Has no effect if it fails. The deployer interrupts the thread and reports a failure if it takes longer than the
     * deployer's limit.
     *
     * @return what serves now, for people: {@code 2 routes}; may be empty
     * @throws DeploymentException if it cannot be deployed; if the reason is retriable, it is applied again whenever
     *     something on the node has changed
     */
    String apply(Artifact artifact) throws DeploymentException;

    /** Undeploys what {@link #apply} deployed for this path; does nothing if there is nothing. */
    void remove(StatePath path) throws DeploymentException;
}
