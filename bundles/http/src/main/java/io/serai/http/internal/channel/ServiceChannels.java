package io.serai.http.internal.channel;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.runtime.ServiceRegistryListener;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Serves the channels that services declare themselves. */
@Component(service = ServiceRegistryListener.class)
public final class ServiceChannels implements ServiceRegistryListener {
    private final ChannelTable table;
    private final Map<String, ServiceDescriptor> known = new ConcurrentHashMap<>();

    /** Serves them from a table. */
    @Activate
    public ServiceChannels(@Reference ChannelTable table) {
        this.table = table;
    }

    /** Removes them all: the registry has gone, or will tell a new listener of all services. */
    @Deactivate
    public void withdraw() {
        table.change(List.of(), known.values());
    }

    @Override
    public void check(Collection<ServiceDescriptor> coming, Collection<ServiceDescriptor> going)
            throws DeploymentException {
        table.check(coming, going);
    }

    @Override
    public void changed(Collection<ServiceDescriptor> came, Collection<ServiceDescriptor> went) {
        table.change(came, went);
        went.forEach(service -> known.remove(service.name()));
        came.forEach(service -> known.put(service.name(), service));
    }
}
