package io.serai.security.internal.kind;

import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.security.internal.SecurityConfig;
import io.serai.security.internal.SecuritySettings;
import io.serai.security.internal.directory.SpecException;
import io.serai.security.internal.directory.UserSpec;
import io.serai.security.internal.password.PasswordHash;
import io.serai.security.internal.password.PasswordHasher;
import io.serai.security.internal.password.PasswordRules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/** The kind {@code user}: whoever changes one gives a password, and what is kept is its hash. */
@Component(
        service = ObjectKind.class,
        configurationPid = SecuritySettings.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class UserKind implements ObjectKind {
    private final String schema = Schemas.of(UserSpec.KIND);
    private final PasswordHasher hasher;

    /** Makes the kind. */
    @Activate
    public UserKind(SecurityConfig config) {
        this(new PasswordHasher(SecuritySettings.of(config).cost()));
    }

    UserKind(PasswordHasher hasher) {
        this.hasher = hasher;
    }

    @Override
    public String name() {
        return UserSpec.KIND;
    }

    @Override
    public String schema() {
        return schema;
    }

    @Override
    public boolean everywhere() {
        return true;
    }

    @Override
    public Map<String, Object> keep(ObjectKey key, Map<String, Object> given, Optional<Map<String, Object>> before)
            throws ObjectException {
        Map<String, Object> kept = new LinkedHashMap<>(given);
        kept.remove(UserSpec.PASSWORD_HASH); // nobody gives one: a hash that is known can be broken in peace
        Object password = kept.remove(UserSpec.PASSWORD);
        Optional<String> hash =
                before.map(spec -> spec.get(UserSpec.PASSWORD_HASH)).map(String::valueOf);
        if (password instanceof String text) {
            Optional<String> problem = PasswordRules.problem(key.name(), text);
            if (problem.isPresent()) {
                throw Refusals.of(key, "/spec/password", "the password " + problem.get());
            }
            hash = Optional.of(hash(text.toCharArray(), hash));
        }
        hash.ifPresent(value -> kept.put(UserSpec.PASSWORD_HASH, value));
        check(key, kept);
        return kept;
    }

    /** Returns the hash of a password; if that is the password already, the hash as it is, so that nothing changes. */
    private String hash(char[] password, Optional<String> before) {
        return before.flatMap(PasswordHash::parse)
                .filter(known -> !hasher.isOutdated(known) && hasher.verify(password, known))
                .orElseGet(() -> hasher.hash(password))
                .toString();
    }

    @Override
    public Map<String, Object> show(ObjectKey key, Map<String, Object> kept) {
        Map<String, Object> shown = new LinkedHashMap<>(kept);
        shown.remove(UserSpec.PASSWORD_HASH);
        shown.remove(UserSpec.PASSWORD);
        return shown;
    }

    @Override
    public void check(ObjectKey key, Map<String, Object> kept) throws ObjectException {
        Refusals.requireEverywhere(key);
        try {
            UserSpec.of(key.name(), kept);
        } catch (SpecException e) {
            throw Refusals.of(key, e);
        }
    }
}
