package io.serai.api.secret;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The secrets of this node, by name; an OSGi service. Who asks is not looked at: whatever runs in a node may do what the node
 * may. People come through {@code ObjectService}, which never shows a value. Thread-safe; takes microseconds, but for the first
 * time after a value was to be read from elsewhere.
 */
@ConsumerType
public interface SecretSource {

    /**
     * Returns the value of a secret as it is now.
     *
     * @param name the name of an object of the kind {@code secret}
     * @return a copy, which the caller may overwrite when it has been used
     * @throws SecretException if there is none, or it cannot be read on this node
     */
    char[] read(String name) throws SecretException;
}
