package io.serai.security.internal.login;

import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Problem;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.security.AccessControl;
import io.serai.api.security.AccessException;
import io.serai.api.security.Subject;
import io.serai.api.state.Author;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.security.internal.directory.ApiKeySpec;
import io.serai.security.internal.directory.ObjectYaml;
import io.serai.security.internal.directory.SecurityDirectory;
import io.serai.security.internal.directory.SpecException;
import io.serai.security.internal.directory.UserSpec;
import io.serai.security.internal.login.ApiKeys.Made;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Makes a key and its secret, which is shown once; a secret that the key had counts no more. To make one for somebody else takes
 * what it takes to change that user, since whoever has the key is the user.
 */
@Component(service = ObjectAction.class)
public final class CreateApiKey implements ObjectAction {
    private static final String USER = "user";
    private static final String SCHEMA =
            """
            {
              "type": "object",
              "description": "Makes the secret of an API key, and the key if it is not there; shows the token once.",
              "required": ["expires"],
              "additionalProperties": false,
              "properties": {
                "user": { "type": "string", "x-audit": true, "x-reference": "user", "description": "Whom it acts for; you if absent." },
                "roles": {
                  "type": "array",
                  "x-audit": true,
                  "items": { "type": "string", "x-reference": "role" },
                  "description": "If not empty, it may do what both the user and one of these roles may."
                },
                "expires": {
                  "type": "string",
                  "x-audit": true,
                  "format": "date-time",
                  "description": "When it ends: 2027-01-31T12:00:00Z."
                }
              }
            }
            """;

    private final SecurityDirectory directory;
    private final AccessControl access;
    private final Clock clock;

    /** Works on a directory. */
    @Activate
    public CreateApiKey(@Reference SecurityDirectory directory, @Reference AccessControl access) {
        this(directory, access, Clock.systemUTC());
    }

    CreateApiKey(SecurityDirectory directory, AccessControl access, Clock clock) {
        this.directory = directory;
        this.access = access;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return ApiKeySpec.KIND;
    }

    @Override
    public String name() {
        return "create";
    }

    @Override
    public boolean ofObject() {
        return true;
    }

    @Override
    public String schema() {
        return SCHEMA;
    }

    @Override
    public Map<String, Object> run(Call call) throws ObjectException {
        String name = call.object().orElseThrow().name();
        Made made = Made.random();
        Map<String, Object> spec = spec(call, made);
        ApiKeySpec key = checked(name, spec);
        requireOwnOrMayChange(call.subject(), name, key.user());
        requireHeld(call.subject(), name, spec);
        try {
            directory.edit(
                    ApiKeySpec.KIND,
                    name,
                    new Author(call.subject().name(), call.subject().face()),
                    "Make API key " + name + " of user " + key.user(),
                    before -> spec);
        } catch (StateException e) {
            throw new ObjectException(
                    switch (e.reason()) {
                        case CONFLICT -> Reason.STALE;
                        case IO -> Reason.IO;
                        default -> Reason.INVALID;
                    },
                    "Cannot make API key " + name + ": " + e.getMessage(),
                    e);
        }
        return Map.of(
                "token",
                made.token(),
                ApiKeySpec.ID,
                made.secret().id(),
                "expires",
                key.expires().toString());
    }

    private static Map<String, Object> spec(Call call, Made made) {
        Map<String, Object> spec = new LinkedHashMap<>(call.parameters());
        spec.putIfAbsent(USER, call.subject().name());
        spec.put(ApiKeySpec.ID, made.secret().id());
        spec.put(ApiKeySpec.SECRET_HASH, made.secret().hash());
        return spec;
    }

    private ApiKeySpec checked(String name, Map<String, Object> spec) throws ObjectException {
        ApiKeySpec key;
        try {
            key = ApiKeySpec.of(name, spec);
        } catch (SpecException e) {
            throw refusal(name, e.pointer(), String.valueOf(e.getMessage()));
        }
        if (!directory.people().users().containsKey(key.user())) {
            throw refusal(name, "/user", "there is no user " + key.user() + "; add the user first");
        }
        if (!key.expires().isAfter(clock.instant())) {
            throw refusal(name, "/expires", "it would have expired at " + key.expires() + "; give a time to come");
        }
        return key;
    }

    /** Demands that nobody gets more rights by a key; one with limits makes none at all, lest it shake them off. */
    private void requireOwnOrMayChange(Subject subject, String name, String user) throws ObjectException {
        try {
            if (!user.equals(subject.name()) || !subject.limits().isEmpty()) {
                access.require(subject, AccessControl.WRITE, UserSpec.KIND, user);
            }
        } catch (AccessException e) {
            throw new ObjectException(
                    Reason.FORBIDDEN, "Cannot make API key " + name + " for " + user + ": " + e.getMessage(), e);
        }
    }

    /** Demands that the user of the key may not do more than who makes it: whoever has the key is the user. */
    private void requireHeld(Subject subject, String name, Map<String, Object> spec) throws ObjectException {
        try {
            StatePath path = StatePath.of("objects", ApiKeySpec.KIND, name + ".yaml");
            access.requireHeld(subject, Map.of(path, Optional.of(ObjectYaml.write(ApiKeySpec.KIND, name, spec))));
        } catch (AccessException e) {
            throw new ObjectException(Reason.FORBIDDEN, String.valueOf(e.getMessage()), e);
        }
    }

    private static ObjectException refusal(String name, String pointer, String message) {
        return new ObjectException(
                Reason.INVALID,
                "Cannot make API key " + name + ": " + message,
                List.of(new Problem(ApiKeySpec.KIND + "/" + name, pointer, message)),
                null);
    }
}
