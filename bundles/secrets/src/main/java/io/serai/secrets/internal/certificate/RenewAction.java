package io.serai.secrets.internal.certificate;

import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKey;
import io.serai.api.state.Author;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Orders a certificate again before it is due, or before the pause after a failure is over. */
@Component(service = ObjectAction.class)
public final class RenewAction implements ObjectAction {
    private final CertificateOrders orders;

    /** Has it done. */
    @Activate
    public RenewAction(@Reference CertificateOrders orders) {
        this.orders = orders;
    }

    @Override
    public String kind() {
        return CertificateSpec.KIND;
    }

    @Override
    public String name() {
        return "renew";
    }

    @Override
    public boolean ofObject() {
        return true;
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "description": "Orders a certificate that has acme now, and tells what the server said",
                 "additionalProperties": false, "properties": {}}""";
    }

    @Override
    public Map<String, Object> run(Call call) throws ObjectException {
        ObjectKey key = call.object().orElseThrow();
        try {
            StatePath path = StatePath.of("objects/" + key.kind() + "/" + key.name() + ".yaml");
            String issued = orders.renew(
                    path, new Author(call.subject().name(), call.subject().face()));
            return Map.of("issued", issued);
        } catch (IOException e) {
            throw new ObjectException(Reason.IO, "Cannot renew " + key + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ObjectException(Reason.IO, "Cannot renew " + key + ": the node is stopping; try again", e);
        }
    }
}
