package io.serai.cluster.internal.kind;

import io.serai.api.cluster.Membership;
import io.serai.api.cluster.NodeIdentity;
import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.state.Author;
import io.serai.api.state.StateException;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Gives the node that is asked a new key and certificate. */
@Component(service = ObjectAction.class)
public final class RotateCertificateAction implements ObjectAction {
    private final Membership membership;
    private final NodeIdentity identity;

    /** Works on this node. */
    @Activate
    public RotateCertificateAction(@Reference Membership membership, @Reference NodeIdentity identity) {
        this.membership = membership;
        this.identity = identity;
    }

    @Override
    public String kind() {
        return NodeKind.NAME;
    }

    @Override
    public String name() {
        return "rotate-certificate";
    }

    @Override
    public boolean ofObject() {
        return true;
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "description": "Gives a node a new key and certificate; that node itself is to be asked",
                 "additionalProperties": false, "properties": {}}""";
    }

    @Override
    public Map<String, Object> run(Call call) throws ObjectException {
        String name = call.object().orElseThrow().name();
        if (!name.equals(identity.name())) {
            throw new ObjectException(
                    Reason.UNSUPPORTED,
                    "The key of " + name + " never leaves it, so " + name + " is to be asked, and this is "
                            + identity.name() + "; send the request there",
                    null);
        }
        try {
            membership.rotate(new Author(call.subject().name(), call.subject().face()));
            return Map.of("rotated", name);
        } catch (StateException e) {
            throw ObjectException.of(e);
        }
    }
}
