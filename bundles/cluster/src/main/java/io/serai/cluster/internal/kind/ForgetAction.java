package io.serai.cluster.internal.kind;

import io.serai.api.cluster.Membership;
import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectException;
import io.serai.api.state.Author;
import io.serai.api.state.StateException;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Removes a node for good. */
@Component(service = ObjectAction.class)
public final class ForgetAction implements ObjectAction {
    private final Membership membership;

    /** Works on the members. */
    @Activate
    public ForgetAction(@Reference Membership membership) {
        this.membership = membership;
    }

    @Override
    public String kind() {
        return NodeKind.NAME;
    }

    @Override
    public String name() {
        return "forget";
    }

    @Override
    public boolean ofObject() {
        return true;
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "description": "Removes a node for good, which will not come back: its certificates are refused",
                 "additionalProperties": false, "properties": {}}""";
    }

    @Override
    public Map<String, Object> run(Call call) throws ObjectException {
        String name = call.object().orElseThrow().name();
        try {
            membership.forget(
                    name, new Author(call.subject().name(), call.subject().face()));
            return Map.of("forgotten", name);
        } catch (StateException e) {
            throw ObjectException.of(e);
        }
    }
}
