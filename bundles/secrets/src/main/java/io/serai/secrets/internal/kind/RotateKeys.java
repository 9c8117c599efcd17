package io.serai.secrets.internal.kind;

import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectException;
import io.serai.api.state.Author;
import io.serai.api.state.StateException;
import io.serai.secrets.internal.key.KeyUpkeep;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes a new key, and seals all there is with it. */
@Component(service = ObjectAction.class)
public final class RotateKeys implements ObjectAction {
    private final KeyUpkeep upkeep;

    /** Has it done. */
    @Activate
    public RotateKeys(@Reference KeyUpkeep upkeep) {
        this.upkeep = upkeep;
    }

    @Override
    public String kind() {
        return SecretKeyKind.NAME;
    }

    @Override
    public String name() {
        return "rotate";
    }

    @Override
    public boolean ofObject() {
        return false;
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "description": "Makes a new key and seals all secrets with it; what runs notices nothing",
                 "additionalProperties": false, "properties": {}}""";
    }

    @Override
    public Map<String, Object> run(Call call) throws ObjectException {
        try {
            KeyUpkeep.Rotation done = upkeep.rotate(
                    new Author(call.subject().name(), call.subject().face()));
            return Map.of(
                    "key",
                    done.key(),
                    "sealed",
                    (long) done.sealed(),
                    "left",
                    done.left(),
                    "removed",
                    done.removed().stream().toList());
        } catch (StateException e) {
            throw ObjectException.of(e);
        }
    }
}
