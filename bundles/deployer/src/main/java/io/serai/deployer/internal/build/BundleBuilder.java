package io.serai.deployer.internal.build;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;

/** Turns an artifact into the jar of an OSGi bundle. Thread-safe. */
public interface BundleBuilder {

    /** Returns whether this builder takes files of this name, which is relative to its layer. */
    boolean handles(StatePath path);

    /** Returns what it takes, for people: {@code Java source files (.java)}. */
    String description();

    /**
     * Checks content completely, before it becomes part of the state. What only this node lacks (a package that no
     * bundle exports yet) is no reason to refuse it.
     *
     * @throws DeploymentException {@code INVALID}, with file, line and column where they are known; {@code IO} if the
     *     content cannot be read
     */
    void check(StatePath path, Content content) throws DeploymentException;

    /**
     * Builds the bundle.
     *
     * @throws DeploymentException {@code INVALID} as {@link #check}; {@code UNSATISFIED} if it cannot be built until
     *     some bundle exports a package; {@code IO} if the content cannot be read
     */
    BuiltBundle build(Artifact artifact) throws DeploymentException;
}
