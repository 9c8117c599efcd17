package io.serai.http.internal.traffic;

import io.serai.api.cluster.ClusterService;
import io.serai.api.object.ObjectAction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Action {@code probe} of a node. */
@Component(service = ObjectAction.class)
public final class ProbeAction extends TrafficAction {

    /** Asks this cluster. */
    @Activate
    public ProbeAction(@Reference ClusterService cluster) {
        super(
                cluster,
                Traffic.Order.PROBE,
                "Asks a node how it is: whether it is ready, and how long it took to answer");
    }
}
