package io.serai.api.runtime;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The services that this node can call. Thread-safe; never blocks. */
@ProviderType
public interface ServiceRegistry {

    /** Returns all services by name. */
    List<ServiceDescriptor> services();

    /** Returns the service of that name. */
    Optional<ServiceDescriptor> find(String name);

    /** Returns how the service of that name has fared since its first deployment on this node, across redeployments. */
    Optional<ServiceStatistics> statistics(String name);
}
