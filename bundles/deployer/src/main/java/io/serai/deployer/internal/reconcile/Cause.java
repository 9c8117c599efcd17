package io.serai.deployer.internal.reconcile;

/** Why the node is looked at again. */
public enum Cause {
    /** The head of the state moved. */
    HEAD,
    /** A bundle that the deployer does not own was resolved, started, stopped or uninstalled. */
    BUNDLES,
    /** A bundle that the deployer owns was stopped or refreshed, by whomever. */
    OWN_BUNDLES,
    /** A service was registered or unregistered. */
    SERVICES,
    /** A component or a container that an extender brings up changed its state. */
    COMPONENTS,
    /** An artifact became active. */
    ARTIFACT_ACTIVE,
    /** An artifact was removed or replaced, so that what it claimed may be free. */
    ARTIFACT_GONE,
    /** A handler of artifacts came or went. */
    HANDLERS,
    /** An extension of bundles came or went. */
    EXTENSIONS,
    /** A configuration changed. */
    CONFIGURATION,
    /** It may be this node's turn to apply what is applied node by node. */
    TURN,
    /** Some time has passed. */
    TIME
}
