package io.serai.http.internal.traffic;

import io.serai.api.cluster.ClusterService;
import io.serai.api.object.ObjectAction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Action {@code undrain} of a node. */
@Component(service = ObjectAction.class)
public final class UndrainAction extends TrafficAction {

    /** Asks this cluster. */
    @Activate
    public UndrainAction(@Reference ClusterService cluster) {
        super(cluster, Traffic.Order.UNDRAIN, "Has load balancers send a node traffic again");
    }
}
