package io.serai.security.internal.login;

import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Problem;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.security.AccessException;
import io.serai.api.security.LoginService;
import io.serai.api.security.Subject;
import io.serai.api.state.Author;
import io.serai.api.state.StateException;
import io.serai.security.internal.SecurityConfig;
import io.serai.security.internal.SecuritySettings;
import io.serai.security.internal.directory.SecurityDirectory;
import io.serai.security.internal.directory.UserSpec;
import io.serai.security.internal.password.PasswordHasher;
import io.serai.security.internal.password.PasswordRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;

/** Gives somebody another password who knows the one of now; takes no role. */
@Component(
        service = ObjectAction.class,
        configurationPid = SecuritySettings.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class SetPassword implements ObjectAction {
    private final SecurityDirectory directory;
    private final LoginService logins;
    private final PasswordHasher hasher;

    /** Works on a directory. */
    @Activate
    public SetPassword(SecurityConfig config, @Reference SecurityDirectory directory, @Reference LoginService logins) {
        this.directory = directory;
        this.logins = logins;
        this.hasher = new PasswordHasher(SecuritySettings.of(config).cost());
    }

    @Override
    public String kind() {
        return UserSpec.KIND;
    }

    @Override
    public String name() {
        return "set-password";
    }

    @Override
    public boolean ofObject() {
        return true;
    }

    @Override
    public boolean isOwn(Subject subject, String object) {
        return subject.name().equals(object) && subject.limits().isEmpty();
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "description": "Gives you another password; ends your sessions",
                 "required": ["old", "new"], "additionalProperties": false,
                 "properties": {
                  "old": {"type": "string", "writeOnly": true, "description": "The password of now."},
                  "new": {"type": "string", "writeOnly": true, "description": "The password from now on."}}}""";
    }

    @Override
    public Map<String, Object> run(Call call) throws ObjectException {
        String user = call.object().orElseThrow().name();
        Subject subject = call.subject();
        if (!isOwn(subject, user)) {
            throw new ObjectException(
                    Reason.FORBIDDEN, "The password of somebody else is changed by putting user/" + user, null);
        }
        try {
            // counts and throttles whoever guesses at a session that was left open
            logins.login(user, call.text("old").orElse("").toCharArray(), subject.face(), subject.from());
        } catch (AccessException e) {
            throw refusal(user, "/old", "is not the password of now: " + e.getMessage());
        }
        String next = call.text("new").orElse("");
        Optional<String> problem = PasswordRules.problem(user, next);
        if (problem.isPresent()) {
            throw refusal(user, "/new", problem.get());
        }
        put(subject, hasher.hash(next.toCharArray()).toString());
        return Map.of("user", user);
    }

    private void put(Subject subject, String hash) throws ObjectException {
        String user = subject.name();
        try {
            directory.edit(
                    UserSpec.KIND, user, new Author(user, subject.face()), "Change the password of " + user, before -> {
                        Map<String, Object> spec = before.orElseThrow(() -> new StateException(
                                StateException.Reason.NOT_FOUND,
                                "user/" + user + " has no password here; change it where the directory is kept",
                                null));
                        spec.put(UserSpec.PASSWORD_HASH, hash);
                        return spec;
                    });
        } catch (StateException e) {
            throw ObjectException.of(e);
        }
    }

    private static ObjectException refusal(String user, String pointer, String message) {
        return new ObjectException(
                Reason.INVALID,
                "Cannot change the password of " + user + ": '" + pointer.substring(1) + "' " + message,
                List.of(new Problem(UserSpec.KIND + "/" + user, pointer, message)),
                null);
    }
}
