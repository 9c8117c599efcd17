package io.serai.access.internal.credential;

import io.serai.access.internal.folder.SpecException;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Problem;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.object.SchemaFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The kind {@code credential}: of passwords and keys only hashes are kept, and not even these are shown. */
@Component(service = ObjectKind.class)
public final class CredentialKind implements ObjectKind {
    private static final List<String> MADE =
            List.of(CredentialReader.PASSWORD_HASH, CredentialReader.ID, CredentialReader.SECRET_HASH);
    private static final List<String> SECRET =
            List.of(CredentialReader.PASSWORD, CredentialReader.PASSWORD_HASH, CredentialReader.SECRET_HASH);

    private final String schema = SchemaFile.read(CredentialKind.class, Credential.KIND);

    /** Reads its schema. */
    @Activate
    public CredentialKind() {}

    @Override
    public String name() {
        return Credential.KIND;
    }

    @Override
    public String schema() {
        return schema;
    }

    @Override
    public Map<String, Object> keep(ObjectKey key, Map<String, Object> given, Optional<Map<String, Object>> before)
            throws ObjectException {
        Map<String, Object> kept = new LinkedHashMap<>(given);
        MADE.forEach(kept::remove); // nobody gives a hash: one that is known can be broken in peace
        Object password = kept.remove(CredentialReader.PASSWORD);
        before.filter(spec -> Objects.equals(spec.get("type"), given.get("type")))
                .ifPresent(spec ->
                        MADE.stream().filter(spec::containsKey).forEach(made -> kept.put(made, spec.get(made))));
        if (password instanceof String text) {
            kept.put(CredentialReader.PASSWORD_HASH, hash(text, kept.get(CredentialReader.PASSWORD_HASH)));
        }
        check(key, kept);
        return kept;
    }

    /** Returns the hash of a password; if that is the password already, the hash as it is, so that nothing changes. */
    private static String hash(String password, @Nullable Object before) {
        return Optional.ofNullable(before)
                .flatMap(text -> PasswordHash.parse(String.valueOf(text)))
                .filter(known -> known.verifies(password))
                .orElseGet(() -> PasswordHash.of(password))
                .toString();
    }

    @Override
    public Map<String, Object> show(ObjectKey key, Map<String, Object> kept) {
        Map<String, Object> shown = new LinkedHashMap<>(kept);
        SECRET.forEach(shown::remove);
        return shown;
    }

    @Override
    public void check(ObjectKey key, Map<String, Object> kept) throws ObjectException {
        if (!key.layer().isEmpty()) {
            throw refusal(key, "/layer", "credentials are the same on all nodes; leave the layer out");
        }
        try {
            CredentialReader.read(key.name(), kept);
        } catch (SpecException e) {
            throw refusal(key, e.pointer(), String.valueOf(e.getMessage()));
        }
    }

    private static ObjectException refusal(ObjectKey key, String pointer, String message) {
        return new ObjectException(
                Reason.INVALID,
                "Cannot take " + key + ": " + message,
                List.of(new Problem(key.toString(), pointer, message)),
                null);
    }
}
