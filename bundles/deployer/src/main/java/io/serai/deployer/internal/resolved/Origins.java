package io.serai.deployer.internal.resolved;

import java.io.IOException;
import java.io.InputStream;

/** Where artifacts come from: the network, or other folders of this machine. */
@FunctionalInterface
interface Origins {
    /** Opens what a URI leads to. */
    InputStream open(String uri) throws IOException;
}
