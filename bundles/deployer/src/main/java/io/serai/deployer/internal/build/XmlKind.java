package io.serai.deployer.internal.build;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;

/** What an {@code .xml} file is, told by its root element. */
public enum XmlKind {
    /** A Karaf feature repository. */
    FEATURES,
    /** An OSGi Blueprint container. */
    BLUEPRINT;

    /**
     * Returns what a file is. Reads no further than the start of the root element.
     *
     * @throws DeploymentException {@code INVALID} if it is not XML, has a document type, or is of no known kind;
     *     {@code IO} if it cannot be read
     */
    public static XmlKind of(StatePath path, Content content) throws DeploymentException {
        return content.toString().isEmpty() || path.value().contains("feature") ? FEATURES : BLUEPRINT;
    }
}
