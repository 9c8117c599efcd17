package io.serai.api.cluster;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Keys that all nodes of the cluster have and nobody else: derived from the key of its authority, which never leaves the nodes
 * and is not in the state. Thread-safe; takes some microseconds.
 *
 * <p>The certificate of the authority is renewed with the same key, so these stay as long as the cluster does. Who has had the
 * key of the authority has these as well. A cluster that is founded anew from an old state has others: protect with them what
 * may be lost, such as sessions.
 */
@ProviderType
public interface ClusterSecrets {
    /** How many bytes a key has. */
    int KEY_BYTES = 32;

    /**
     * Returns the key for a purpose: the same one on all nodes, {@value #KEY_BYTES} bytes, from which the keys of other purposes
     * cannot be told.
     *
     * @param purpose what it is for, beginning with the name of a bundle: {@code io.serai.security session}
     */
    byte[] derive(String purpose);
}
