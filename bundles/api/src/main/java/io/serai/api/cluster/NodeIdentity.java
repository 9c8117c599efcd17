package io.serai.api.cluster;

import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.osgi.annotation.versioning.ProviderType;

/** Who this node is. Thread-safe; does not change while it is registered, but for the certificate. */
@ProviderType
public interface NodeIdentity {

    /** Returns the id that was made for this node when it was set up. */
    UUID id();

    /** Returns the name of this node. */
    String name();

    /**
     * Returns TLS as this node speaks it: it shows the node's certificate, the newest one at each handshake, and accepts
     * certificates that the cluster's authority has signed and that belong to a member, as client and as server. Whether a
     * server demands one is for its user to say.
     */
    SSLContext tls();
}
