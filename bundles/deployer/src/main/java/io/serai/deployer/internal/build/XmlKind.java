package io.serai.deployer.internal.build;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import javax.xml.namespace.QName;

/** What an {@code .xml} file is, told by its root element. */
public enum XmlKind {
    /** A Karaf feature repository. */
    FEATURES,
    /** An OSGi Blueprint container. */
    BLUEPRINT;

    /** OSGi Compendium, chapter 121 Blueprint Container Specification. */
    static final String BLUEPRINT_NAMESPACE = "http://www.osgi.org/xmlns/blueprint/v1.0.0";

    /** One a version, from v1.0.0 to v1.6.0; before there was none. */
    private static final String FEATURES_NAMESPACE = "http://karaf.apache.org/xmlns/features/v";

    /**
     * Returns what a file is. Reads no further than the start of the root element.
     *
     * @throws DeploymentException {@code INVALID} if it is not XML, has a document type, or is of no known kind;
     *     {@code IO} if it cannot be read
     */
    public static XmlKind of(StatePath path, Content content) throws DeploymentException {
        QName root = SafeXml.root(path, content);
        String namespace = root.getNamespaceURI();
        if (root.getLocalPart().equals("features")
                && (namespace.isEmpty() || namespace.startsWith(FEATURES_NAMESPACE))) {
            return FEATURES;
        }
        if (root.getLocalPart().equals("blueprint") && namespace.equals(BLUEPRINT_NAMESPACE)) {
            return BLUEPRINT;
        }
        String message = path.fileName() + " is XML of no known kind: its root element is " + root
                + "; known are <features> of " + FEATURES_NAMESPACE + "1.6.0 and <blueprint> of " + BLUEPRINT_NAMESPACE
                + "; Camel routes belong into a file named *.camel.xml";
        throw new DeploymentException(Reason.INVALID, message, null);
    }
}
