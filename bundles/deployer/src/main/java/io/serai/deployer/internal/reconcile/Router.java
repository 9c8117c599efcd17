package io.serai.deployer.internal.reconcile;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.state.StatePath;
import java.util.Collection;

/** Knows which engine takes which artifact. */
public interface Router {

    /**
     * Where an artifact goes.
     *
     * @param rank what is lower is applied first
     */
    record Route(Engine engine, int rank) {}

    /** Returns all engines. */
    Collection<Engine> engines();

    /** Returns whether a path concerns the deployer, so that there must be a verdict on it. */
    boolean concerns(StatePath path);

    /**
     * Returns where an artifact goes.
     *
     * @throws DeploymentException {@code UNSUPPORTED} if nothing takes it, {@code INVALID} if it is not what it claims
     */
    Route route(Artifact artifact) throws DeploymentException;
}
