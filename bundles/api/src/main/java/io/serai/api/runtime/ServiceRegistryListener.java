package io.serai.api.runtime;

import io.serai.api.deploy.DeploymentException;
import java.util.Collection;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Told of services that come and go; register it as an OSGi service. A listener that registers late is told of all
 * services that are there. {@link #changed} is called by one thread at a time, {@link #check} by any; must not block.
 */
@ConsumerType
public interface ServiceRegistryListener {

    /**
     * Checks services that are about to be published; a listener that cannot serve them objects, and nothing changes. May be
     * called by who only wants to know, and has no effect.
     *
     * @param coming the services that come
     * @param going the services that go in the same step: replaced ones have the name of one that comes
     * @throws DeploymentException if they cannot be served, such as two REST channels that claim one path
     */
    default void check(Collection<ServiceDescriptor> coming, Collection<ServiceDescriptor> going)
            throws DeploymentException {}

    /** Takes services over that were published, and lets go of those that went, before the publisher goes on. */
    void changed(Collection<ServiceDescriptor> came, Collection<ServiceDescriptor> went);
}
