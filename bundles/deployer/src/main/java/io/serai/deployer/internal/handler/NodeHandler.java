package io.serai.deployer.internal.handler;

import io.serai.api.deploy.ArtifactHandler;
import java.time.Duration;

/** A handler of what bundles stand on, such as their configurations: it is asked before any bundle is installed. */
public interface NodeHandler extends ArtifactHandler {

    /**
     * Returns how long it may take to apply an artifact.
     *
     * @param usual the limit for other handlers
     */
    default Duration limit(Duration usual) {
        return usual;
    }

    /**
     * Removes what is left of an earlier run of the node and has not been applied again. Called once, when everything that
     * the state holds has been applied, or is being.
     */
    default void cleanUp() {}
}
