package io.serai.secrets.internal.kind;

import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Reason;
import io.serai.secrets.internal.key.BackupCopy;
import io.serai.secrets.internal.key.Keyring;
import io.serai.secrets.internal.key.Keys;
import java.util.Arrays;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Gives a copy of the keys to be kept elsewhere, which a passphrase opens: with it a restored state can be read. */
@Component(service = ObjectAction.class)
public final class BackUpKeys implements ObjectAction {
    private final Keys keys;

    /** Copies keys. */
    @Activate
    public BackUpKeys(@Reference Keys keys) {
        this.keys = keys;
    }

    @Override
    public String kind() {
        return SecretKeyKind.NAME;
    }

    @Override
    public String name() {
        return "back-up";
    }

    @Override
    public boolean ofObject() {
        return false;
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "description": "Gives a copy of all keys, which a passphrase opens; again after a rotation",
                 "additionalProperties": false, "required": ["passphrase"],
                 "properties": {"passphrase": {"type": "string", "minLength": %d, "maxLength": 1024, "writeOnly": true,
                   "description": "What opens the copy; keep it in another place"}}}"""
                .formatted(BackupCopy.MIN_PASSPHRASE);
    }

    @Override
    public Map<String, Object> run(Call call) throws ObjectException {
        Keyring ring = keys.ring();
        if (ring.keys().isEmpty()) {
            throw new ObjectException(
                    Reason.NOT_FOUND, "There is no key yet; the first is made with the first secret", null);
        }
        char[] passphrase = call.text("passphrase").orElseThrow().toCharArray();
        try {
            return Map.of(
                    "copy",
                    BackupCopy.write(ring.keys().values(), passphrase),
                    "keys",
                    ring.keys().keySet().stream().sorted().toList());
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }
}
