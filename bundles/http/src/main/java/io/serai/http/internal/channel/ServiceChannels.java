package io.serai.http.internal.channel;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.runtime.ServiceRegistryListener;
import java.util.Collection;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Serves the channels that services declare themselves. */
@Component(service = ServiceRegistryListener.class)
public final class ServiceChannels implements ServiceRegistryListener {
    private final ChannelTable table;

    /** Serves them from a table. */
    @Activate
    public ServiceChannels(@Reference ChannelTable table) {
        this.table = table;
    }

    @Override
    public void check(Collection<ServiceDescriptor> coming, Collection<ServiceDescriptor> going)
            throws DeploymentException {
        table.check(coming, going);
    }

    @Override
    public void changed(Collection<ServiceDescriptor> came, Collection<ServiceDescriptor> went) {
        table.change(came, went);
    }
}
