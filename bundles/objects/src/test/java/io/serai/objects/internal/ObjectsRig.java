package io.serai.objects.internal;

import io.serai.api.object.FileKind;
import io.serai.api.object.ObjectChange;
import io.serai.api.object.ObjectDocument;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.object.ObjectResult;
import io.serai.api.security.AccessControl;
import io.serai.api.security.AccessException;
import io.serai.api.security.AuditLog;
import io.serai.api.security.AuditLog.Event;
import io.serai.api.security.Subject;
import io.serai.api.state.Author;
import io.serai.api.state.Change;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.objects.internal.index.ObjectIndexes;
import io.serai.objects.internal.text.TextCodec;
import io.serai.state.internal.GitStateRepository;
import io.serai.state.internal.TestState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/** The object service on a real repository, with kinds that have references, secrets and files. */
public final class ObjectsRig extends ExternalResource {
    static final Subject ANN = new Subject("ann", Set.of("admin"), Set.of(), "rest", "local");
    /** May read only, and nothing called hidden. */
    static final Subject EVE = new Subject("eve", Set.of("viewer"), Set.of(), "rest", "local");

    private final TemporaryFolder folder = new TemporaryFolder();
    private final Kinds kinds = new Kinds();
    private @Nullable GitStateRepository state;
    private final KeptAudit audit = new KeptAudit();
    private final TextCodec codec = new TextCodec(kinds);
    private @Nullable StateObjects objects;

    @Override
    protected void before() throws Throwable {
        folder.create();
        GitStateRepository opened = TestState.open(folder.getRoot().toPath());
        state = opened;
        kinds.add(new Squads());
        kinds.add(new Players());
        kinds.add(new Scripts());
        ObjectIndexes indexes = new ObjectIndexes(kinds, codec);
        ObjectValidators validators = new ObjectValidators(kinds, codec, indexes);
        TestState.validate(opened, validators, validators);
        objects = new StateObjects(opened, new AllKinds(kinds, new ObservedKinds()), indexes, codec, guard());
    }

    Guard guard() {
        return new Guard(new ByRole(), audit);
    }

    /** Returns what was recorded, the oldest first. */
    List<Event> recorded() {
        return audit.events;
    }

    @Override
    protected void after() {
        TestState.close(state());
        folder.delete();
    }

    GitStateRepository state() {
        return Objects.requireNonNull(state);
    }

    TextCodec codec() {
        return codec;
    }

    StateObjects objects() {
        return Objects.requireNonNull(objects);
    }

    Kinds kinds() {
        return kinds;
    }

    static ObjectDocument squad(String name, String city) {
        return new ObjectDocument(ObjectKey.of("squad", name), Map.of("city", city));
    }

    static ObjectDocument player(String name, String squad) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("squad", squad);
        spec.put("number", 7L);
        return new ObjectDocument(ObjectKey.of("player", name), spec);
    }

    ObjectResult put(ObjectDocument... documents) throws ObjectException {
        return objects().apply(ANN, ObjectChange.put(List.of(documents)));
    }

    /** Commits files as Git and the shell do. */
    CommitId commit(Map<String, String> files, String... removals) throws StateException {
        Map<StatePath, Content> puts = new LinkedHashMap<>();
        files.forEach((path, text) -> puts.put(new StatePath(path), Content.of(text.getBytes(StandardCharsets.UTF_8))));
        Set<StatePath> removed =
                Set.copyOf(List.of(removals).stream().map(StatePath::new).toList());
        return state().commit(Change.of(puts, removed, new Author("bob", "git"), "by hand"));
    }

    /** Keeps what is recorded. */
    private static final class KeptAudit implements AuditLog {
        private final List<Event> events = new CopyOnWriteArrayList<>();

        @Override
        public void record(Event event) {
            events.add(event);
        }

        @Override
        public List<Entry> search(Query query) {
            throw new UnsupportedOperationException("Nobody searches here");
        }

        @Override
        public Optional<Entry> find(long number) {
            return Optional.empty();
        }

        @Override
        public Optional<Long> verify() {
            return Optional.empty();
        }
    }

    /** Reads for viewers, everything for administrators. */
    private static final class ByRole implements AccessControl {
        @Override
        public void requireHeld(Subject subject, Map<StatePath, Optional<Content>> targets) throws AccessException {
            if (targets.containsKey(new StatePath("objects/squad/bosses.yaml"))) {
                throw new AccessException(AccessException.Reason.FORBIDDEN, subject.name() + " is no boss");
            }
        }

        @Override
        public boolean permits(Subject subject, String verb, String kind, String name) {
            return subject.roles().contains("admin") || (verb.equals(READ) && !name.equals("hidden"));
        }

        @Override
        public void require(Subject subject, String verb, String kind, String name) throws AccessException {
            if (!permits(subject, verb, kind, name)) {
                throw new AccessException(
                        AccessException.Reason.FORBIDDEN,
                        subject.name() + " may not " + verb + " " + kind + "/" + name);
            }
        }
    }

    /** A kind that others refer to. */
    static final class Squads implements ObjectKind {
        @Override
        public String name() {
            return "squad";
        }

        @Override
        public String schema() {
            return """
                    {"type": "object", "required": ["city"], "additionalProperties": false, "properties": {
                      "city": {"type": "string", "pattern": "^[A-Z]", "description": "where it is at home, as in London"},
                      "colours": {"type": "array", "items": {"enum": ["red", "blue"]}},
                      "founded": {"type": "integer"}}}""";
        }

        @Override
        public Map<String, Map<String, Object>> builtIn() {
            return Map.of("amateurs", Map.of("city", "Anywhere"));
        }
    }

    /** A kind that refers, and has a secret. */
    private static final class Players implements ObjectKind {
        private static final String PIN = "pin";

        @Override
        public String name() {
            return "player";
        }

        @Override
        public String schema() {
            return """
                    {"type": "object", "required": ["squad"], "additionalProperties": false, "properties": {
                      "squad": {"type": "string", "x-reference": "squad"},
                      "guest": {"type": "array", "items": {"type": "string", "x-reference": "squad"}},
                      "number": {"type": "integer", "minimum": 1},
                      "hasPin": {"type": "boolean", "readOnly": true},
                      "pin": {"type": "string", "writeOnly": true}}}""";
        }

        @Override
        public Map<String, Object> keep(
                ObjectKey key, Map<String, Object> given, Optional<Map<String, Object>> before) {
            Map<String, Object> kept = new LinkedHashMap<>(given);
            Object pin = kept.remove(PIN);
            Object hash =
                    pin == null ? before.map(known -> known.get("pinHash")).orElse(null) : pin.hashCode() + "h";
            if (hash != null) {
                kept.put("pinHash", hash);
                kept.put("hasPin", true);
            }
            return kept;
        }

        @Override
        public Map<String, Object> show(ObjectKey key, Map<String, Object> kept) {
            Map<String, Object> shown = new LinkedHashMap<>(kept);
            shown.remove("pinHash");
            return shown;
        }

        @Override
        public void check(ObjectKey key, Map<String, Object> kept) throws ObjectException {
            if (kept.containsKey(PIN)) {
                throw new ObjectException(Reason.INVALID, "has a pin in clear; put it through the API", null);
            }
        }
    }

    /** A kind whose objects are files of their own. */
    private static final class Scripts implements FileKind {
        @Override
        public String name() {
            return "script";
        }

        @Override
        public String schema() {
            return """
                    {"type": "object", "additionalProperties": false, "properties": {
                      "text": {"type": "string", "x-reference": "squad", "x-reference-pattern": "@([a-z]+)"}, "bytes": {"type": "integer", "readOnly": true}}}""";
        }

        @Override
        public String folder() {
            return "deploy";
        }

        @Override
        public Optional<String> objectName(String fileName) {
            return Optional.of(fileName);
        }

        @Override
        public String fileName(String objectName) {
            return objectName;
        }

        @Override
        public Map<String, Object> read(ObjectKey key, Content content, boolean full) throws ObjectException {
            try {
                String text = new String(content.bytes(), StandardCharsets.UTF_8);
                return full || text.contains("@") ? Map.of("text", text) : Map.of("bytes", content.size());
            } catch (IOException e) {
                throw new ObjectException(Reason.IO, "cannot be read", e);
            }
        }

        @Override
        public Content write(ObjectKey key, Map<String, Object> spec, Optional<Content> before) {
            return Content.of(String.valueOf(spec.get("text")).getBytes(StandardCharsets.UTF_8));
        }
    }
}
