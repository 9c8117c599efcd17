package io.serai.secrets.internal.kind;

import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Problem;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.state.Author;
import io.serai.api.state.StateException;
import io.serai.secrets.internal.key.BackupCopy;
import io.serai.secrets.internal.key.DataKey;
import io.serai.secrets.internal.key.KeyUpkeep;
import io.serai.secrets.internal.key.SealException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Takes keys from a copy that {@link BackUpKeys} has given, so that this cluster can open what they sealed. */
@Component(service = ObjectAction.class)
public final class RestoreKeys implements ObjectAction {
    private final KeyUpkeep upkeep;

    /** Has it done. */
    @Activate
    public RestoreKeys(@Reference KeyUpkeep upkeep) {
        this.upkeep = upkeep;
    }

    @Override
    public String kind() {
        return SecretKeyKind.NAME;
    }

    @Override
    public String name() {
        return "restore";
    }

    @Override
    public boolean ofObject() {
        return false;
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "description": "Takes keys from a backup, so that this cluster can open what they sealed",
                 "additionalProperties": false, "required": ["copy", "passphrase"],
                 "properties": {
                  "copy": {"type": "string", "maxLength": 1048576, "description": "What back-up has given"},
                  "passphrase": {"type": "string", "maxLength": 1024, "writeOnly": true, "description": "What opens it"}}}""";
    }

    @Override
    public Map<String, Object> run(Call call) throws ObjectException {
        char[] passphrase = call.text("passphrase").orElseThrow().toCharArray();
        try {
            List<DataKey> found = BackupCopy.read(call.text("copy").orElseThrow(), passphrase);
            upkeep.restore(
                    found, new Author(call.subject().name(), call.subject().face()));
            return Map.of("keys", found.stream().map(DataKey::id).sorted().toList());
        } catch (SealException e) {
            String message = String.valueOf(e.getMessage());
            throw new ObjectException(Reason.INVALID, message, List.of(new Problem("", "/copy", message)), e);
        } catch (StateException e) {
            throw ObjectException.of(e);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }
}
