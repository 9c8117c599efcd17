package io.serai.deployer.internal;

import java.nio.file.Path;
import org.osgi.framework.BundleContext;

/** Where the node keeps what is its own. */
final class NodeDirectory {
    private static final String PROPERTY = "serai.node.dir";
    private static final String NAME_PROPERTY = "serai.node";

    private NodeDirectory() {}

    static Path of(BundleContext context) {
        String directory = context.getProperty(PROPERTY);
        if (directory == null || directory.isBlank()) {
            throw new IllegalArgumentException(
                    "System property " + PROPERTY + " is not set; start the node with the serai command");
        }
        return Path.of(directory).toAbsolutePath().normalize();
    }

    static String nodeName(BundleContext context) {
        String name = context.getProperty(NAME_PROPERTY);
        return name == null || name.isBlank() ? "node" : name;
    }
}
