package io.serai.secrets.internal.kind;

import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Problem;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.object.SchemaFile;
import io.serai.api.secret.SecretPlaceholders;
import io.serai.secrets.internal.key.KeySlot;
import io.serai.secrets.internal.key.Keyring;
import io.serai.secrets.internal.key.Keys;
import io.serai.secrets.internal.key.SealException;
import io.serai.secrets.internal.key.Sealed;
import io.serai.secrets.internal.source.SecretSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kind {@code secret}: whoever changes one gives a value, and what is kept is sealed. */
@Component(service = ObjectKind.class)
public final class SecretKind implements ObjectKind {
    private final String schema = SchemaFile.read(SecretKind.class, SecretSpec.KIND);
    private final KeySlot keys;

    /** Seals with the keys that come. */
    @Activate
    public SecretKind(@Reference KeySlot keys) {
        this.keys = keys;
    }

    @Override
    public String name() {
        return SecretSpec.KIND;
    }

    @Override
    public String schema() {
        return schema;
    }

    @Override
    public Map<String, Object> keep(ObjectKey key, Map<String, Object> given, Optional<Map<String, Object>> before)
            throws ObjectException {
        Map<String, Object> kept = new LinkedHashMap<>(given);
        kept.remove(SecretSpec.SEALED); // only what is made here counts
        Object value = kept.remove(SecretSpec.VALUE);
        if (value != null && kept.containsKey(SecretSpec.FROM)) {
            throw refusal(key, "/spec/from", "is given, and so is value; give one of them", null);
        }
        Optional<String> sealed =
                before.map(spec -> spec.get(SecretSpec.SEALED)).map(String::valueOf);
        if (value instanceof String text) {
            kept.put(SecretSpec.SEALED, seal(key, text.toCharArray(), sealed));
        } else if (!kept.containsKey(SecretSpec.FROM)) {
            sealed.ifPresent(known -> kept.put(SecretSpec.SEALED, known));
        }
        check(key, kept);
        return kept;
    }

    /** Returns the sealed value; if that is the value already, as it is, so that nothing changes. */
    private String seal(ObjectKey key, char[] value, Optional<String> before) throws ObjectException {
        Keys known = keys.keys()
                .orElseThrow(() -> new ObjectException(
                        Reason.IO, "Cannot seal " + key + ": the node is still coming up; try again", null));
        String owner = SecretSpec.owner(key.name());
        try {
            Optional<Sealed> kept = before.flatMap(Sealed::parse);
            if (kept.isPresent() && isValue(known.ring(), kept.get(), owner, value)) {
                return kept.get().toString();
            }
            return Keyring.seal(known.sealing(), owner, value).toString();
        } catch (SealException e) {
            throw new ObjectException(Reason.IO, "Cannot seal " + key + ": " + e.getMessage(), e);
        } finally {
            Arrays.fill(value, '\0');
        }
    }

    private static boolean isValue(Keyring ring, Sealed sealed, String owner, char[] value) {
        try {
            char[] known = ring.open(sealed, owner);
            boolean same = Arrays.equals(known, value);
            Arrays.fill(known, '\0');
            return same;
        } catch (SealException e) {
            return false; // and is replaced
        }
    }

    @Override
    public Map<String, Object> show(ObjectKey key, Map<String, Object> kept) {
        Map<String, Object> shown = new LinkedHashMap<>(kept);
        shown.remove(SecretSpec.SEALED);
        shown.remove(SecretSpec.VALUE);
        return shown;
    }

    @Override
    public void check(ObjectKey key, Map<String, Object> kept) throws ObjectException {
        if (!key.name().matches(SecretPlaceholders.NAME)) {
            throw refusal(
                    key,
                    "/name",
                    "cannot be the name of a secret; give 1 to 100 letters, digits, dots, hyphens and underscores",
                    null);
        }
        try {
            SecretSpec unused = SecretSpec.of(kept);
        } catch (IllegalArgumentException e) {
            String field = kept.containsKey(SecretSpec.FROM) ? SecretSpec.FROM : SecretSpec.VALUE;
            throw refusal(key, "/spec/" + field, String.valueOf(e.getMessage()), e);
        }
    }

    private static ObjectException refusal(ObjectKey key, String pointer, String message, @Nullable Throwable cause) {
        return new ObjectException(
                Reason.INVALID,
                "Cannot take " + key + ": " + message,
                List.of(new Problem(key.toString(), pointer, message)),
                cause);
    }
}
