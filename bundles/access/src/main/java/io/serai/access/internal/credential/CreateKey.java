package io.serai.access.internal.credential;

import io.serai.access.internal.folder.ObjectFolder;
import io.serai.access.internal.folder.SpecException;
import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectDocument;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Problem;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKey;
import io.serai.api.security.AuditLog;
import io.serai.api.security.AuditLog.Event;
import io.serai.api.security.AuditLog.Outcome;
import io.serai.api.security.Subject;
import io.serai.api.state.Author;
import io.serai.api.state.Change;
import io.serai.api.state.Content;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes the key of a credential, which is shown once; a key that it had counts no more. */
@Component(service = ObjectAction.class)
public final class CreateKey implements ObjectAction {
    private static final String SCHEMA =
            """
            {
              "type": "object",
              "description": "Makes the key of a credential of type api-key, and the credential if it is not there; shows the key once.",
              "additionalProperties": false,
              "properties": {
                "groups": {
                  "type": "array",
                  "items": { "type": "string", "minLength": 1, "maxLength": 100 },
                  "description": "The groups that it is in; as they are if absent."
                },
                "expires": {
                  "type": "string",
                  "format": "date-time",
                  "description": "When it ends: 2027-01-31T12:00:00Z; as it is if absent."
                }
              }
            }
            """;

    private final StateRepository state;
    private final ObjectCodec codec;
    private final AuditLog audit;

    /** Works on a state. */
    @Activate
    public CreateKey(@Reference StateRepository state, @Reference ObjectCodec codec, @Reference AuditLog audit) {
        this.state = state;
        this.codec = codec;
        this.audit = audit;
    }

    @Override
    public String kind() {
        return Credential.KIND;
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
        ObjectKey key = call.object().orElseThrow();
        Snapshot head = state.head();
        StatePath path = ObjectFolder.path(Credential.KIND, key.name());
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("type", "api-key");
        Optional<Content> before = head.content(path);
        if (before.isPresent()) {
            spec.putAll(codec.spec(path, before.get()));
        }
        if (!"api-key".equals(spec.get("type"))) {
            throw refusal(
                    key, "/spec/type", "it is of type " + spec.get("type") + ", which has no key; use another name");
        }
        spec.putAll(call.parameters());
        KeySecrets.Made made = KeySecrets.make();
        spec.put(CredentialReader.ID, made.id());
        spec.put(CredentialReader.SECRET_HASH, made.hash());
        commit(call.subject(), key, spec, head);
        return Map.of(
                "key", made.key(), "id", made.id(), "header", spec.getOrDefault("header", Proof.ApiKey.USUAL_HEADER));
    }

    private void commit(Subject subject, ObjectKey key, Map<String, Object> spec, Snapshot head)
            throws ObjectException {
        try {
            CredentialReader.read(key.name(), spec);
        } catch (SpecException e) {
            throw refusal(key, e.pointer(), String.valueOf(e.getMessage()));
        }
        Content content = Content.of(codec.yaml(List.of(new ObjectDocument(key, spec))));
        Author author = new Author(subject.name(), subject.face());
        String message = "Make a key of credential " + key.name();
        try {
            state.commit(new Change(
                    Map.of(ObjectFolder.path(Credential.KIND, key.name()), content),
                    Set.of(),
                    author,
                    message,
                    Optional.of(head.commit())));
        } catch (StateException e) {
            throw ObjectException.of(e);
        }
        audit.record(new Event(
                subject.name(),
                subject.from(),
                subject.face(),
                name(),
                key.toString(),
                Outcome.DONE,
                "id " + spec.get(CredentialReader.ID)));
    }

    private static ObjectException refusal(ObjectKey key, String pointer, String message) {
        return new ObjectException(
                Reason.INVALID,
                "Cannot make a key of " + key + ": " + message,
                List.of(new Problem(key.toString(), pointer, message)),
                null);
    }
}
