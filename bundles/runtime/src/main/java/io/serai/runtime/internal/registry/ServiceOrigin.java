package io.serai.runtime.internal.registry;

import io.serai.api.runtime.ServiceDescriptor;
import java.util.Objects;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/**
 * Where a service came from, as far as it matters to who may have its name.
 *
 * @param owner see {@link ServiceDescriptor#owner()}
 * @param bundleId the bundle; the later installed, the higher
 * @param symbolicName the symbolic name of the bundle
 * @param version the version of the bundle
 */
public record ServiceOrigin(String owner, long bundleId, String symbolicName, Version version) {
    public ServiceOrigin {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(symbolicName, "symbolicName");
        Objects.requireNonNull(version, "version");
    }

    /** Returns the origin of a service of a bundle. */
    public static ServiceOrigin of(String owner, Bundle bundle) {
        String symbolicName = bundle.getSymbolicName();
        return new ServiceOrigin(
                owner, bundle.getBundleId(), symbolicName == null ? "" : symbolicName, bundle.getVersion());
    }

    /** Returns whether a service of this origin takes the name that one of another origin has. */
    boolean supersedes(ServiceOrigin other) {
        if (owner.equals(other.owner)) {
            return bundleId > other.bundleId;
        }
        return sameBundle(other) && version.compareTo(other.version) > 0;
    }

    /** Returns whether both are versions of one bundle. */
    boolean sameBundle(ServiceOrigin other) {
        return !symbolicName.isEmpty() && symbolicName.equals(other.symbolicName);
    }
}
