package io.serai.http.internal.traffic;

import io.serai.api.cluster.ClusterService;
import io.serai.api.object.ObjectAction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Action {@code drain} of a node. */
@Component(service = ObjectAction.class)
public final class DrainAction extends TrafficAction {

    /** Asks this cluster. */
    @Activate
    public DrainAction(@Reference ClusterService cluster) {
        super(
                cluster,
                Traffic.Order.DRAIN,
                "Has load balancers send a node nothing more: it says that it is not ready, and answers what comes all the same, until it is undrained or starts anew");
    }
}
