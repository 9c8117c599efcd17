package io.serai.secrets.internal.key;

import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectDocument;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKey;
import io.serai.api.state.Author;
import io.serai.api.state.BlobId;
import io.serai.api.state.Change;
import io.serai.api.state.Content;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import io.serai.secrets.internal.SecretsConfig;
import io.serai.secrets.internal.SecretsSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seals what there is with a new key, and takes keys in again. */
@Component(
        service = KeyUpkeep.class,
        configurationPid = SecretsSettings.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class KeyUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(KeyUpkeep.class);
    private static final Pattern OBJECT =
            Pattern.compile("(?:(?:groups|nodes)/[^/]+/)?objects/(secret|certificate)/(.+)\\.yaml");

    private final Duration retention;
    private final StateRepository state;
    private final Keys keys;
    private final ObjectCodec codec;

    /** Works on a state. */
    @Activate
    public KeyUpkeep(
            SecretsConfig config,
            @Reference StateRepository state,
            @Reference Keys keys,
            @Reference ObjectCodec codec) {
        this(SecretsSettings.of(config).keyRetention(), state, keys, codec);
    }

    /** Works on a state. */
    public KeyUpkeep(Duration retention, StateRepository state, Keys keys, ObjectCodec codec) {
        this.retention = retention;
        this.state = state;
        this.keys = keys;
        this.codec = codec;
    }

    /**
     * What a rotation did.
     *
     * @param key the id of the new key
     * @param sealed how many objects are sealed with it now
     * @param left those that were not, because they cannot be opened
     * @param removed the ids of keys that were removed
     */
    public record Rotation(String key, int sealed, List<String> left, Set<String> removed) {}

    /** An object that has sealed values. */
    private record Holder(String kind, String name, Map<String, Object> spec) {
        private String owner() {
            return kind + "/" + name;
        }

        private Set<String> keyIds() {
            Set<String> ids = new TreeSet<>();
            spec.values().forEach(value -> parse(value).ifPresent(found -> ids.add(found.key())));
            return ids;
        }

        private static Optional<Sealed> parse(Object value) {
            return value instanceof String text ? Sealed.parse(text) : Optional.empty();
        }
    }

    /**
     * Makes a new key and seals everything with it, in one commit. Other keys stay for as long as nodes that were apart may bring
     * back what was sealed with them.
     *
     * @throws StateException if the state cannot be changed
     */
    public Rotation rotate(Author author) throws StateException {
        List<Rotation> done = new ArrayList<>();
        StateEdits.commit(state, head -> {
            DataKey next = DataKey.random(keys.clock().instant());
            Keyring ring = keys.ring(head);
            Map<StatePath, Content> puts = new TreeMap<>(Map.of(KeyFile.path(next.id()), keys.file(next)));
            List<String> left = new ArrayList<>();
            Set<String> used = new HashSet<>();
            for (Map.Entry<StatePath, Holder> entry : holders(head).entrySet()) {
                Holder holder = entry.getValue();
                try {
                    puts.put(entry.getKey(), sealAgain(holder, ring, next));
                } catch (SealException e) {
                    left.add(holder.owner());
                    used.addAll(holder.keyIds());
                }
            }
            Set<String> expired = expired(ring.with(next), used);
            done.clear();
            done.add(new Rotation(next.id(), puts.size() - 1, left, expired));
            Set<StatePath> removals = new TreeSet<>();
            expired.forEach(id -> removals.add(KeyFile.path(id)));
            return new Change(
                    puts,
                    removals,
                    author,
                    "Seal " + (puts.size() - 1) + " secrets with the new key " + next.id(),
                    Optional.of(head.commit()));
        });
        return done.get(0);
    }

    /**
     * Takes keys in, so that this cluster can open what another one has sealed.
     *
     * @throws StateException if the state cannot be changed
     */
    public void restore(Collection<DataKey> found, Author author) throws StateException {
        Map<StatePath, Content> puts = new HashMap<>();
        found.forEach(key -> puts.put(KeyFile.path(key.id()), keys.file(key)));
        StateEdits.commit(
                state,
                head -> new Change(
                        puts,
                        Set.of(),
                        author,
                        "Restore " + puts.size() + " keys of secrets",
                        Optional.of(head.commit())));
    }

    /** Returns how many objects each key has sealed. */
    public Map<String, Integer> uses() {
        Map<String, Integer> uses = new HashMap<>();
        holders(state.head()).values().forEach(holder -> holder.keyIds()
                .forEach(id -> uses.merge(id, 1, Integer::sum)));
        return uses;
    }

    private Map<StatePath, Holder> holders(Snapshot snapshot) {
        Map<StatePath, Holder> holders = new TreeMap<>();
        for (Map.Entry<StatePath, BlobId> file : snapshot.files().entrySet()) {
            Matcher matcher = OBJECT.matcher(file.getKey().value());
            if (matcher.matches()) {
                try {
                    Map<String, Object> spec = codec.spec(file.getKey(), snapshot.content(file.getValue()));
                    Holder holder = new Holder(matcher.group(1), matcher.group(2), spec);
                    if (!holder.keyIds().isEmpty()) {
                        holders.put(file.getKey(), holder);
                    }
                } catch (ObjectException | StateException e) {
                    LOG.warn(
                            "A secret that cannot be read was passed over: path={}, cause={}",
                            file.getKey(),
                            e.getMessage());
                }
            }
        }
        return holders;
    }

    private Content sealAgain(Holder holder, Keyring ring, DataKey next) throws SealException {
        Map<String, Object> spec = new LinkedHashMap<>(holder.spec());
        for (Map.Entry<String, Object> value : holder.spec().entrySet()) {
            Optional<Sealed> sealed = Holder.parse(value.getValue());
            if (sealed.isPresent()) {
                char[] clear = ring.open(sealed.get(), holder.owner());
                spec.put(
                        value.getKey(),
                        Keyring.seal(next, holder.owner(), clear).toString());
                Arrays.fill(clear, '\0');
            }
        }
        ObjectKey key = ObjectKey.of(holder.kind(), holder.name());
        return Content.of(codec.yaml(List.of(new ObjectDocument(key, spec))));
    }

    /** Returns the keys that have had a successor for long enough, and that nothing is sealed with. */
    private Set<String> expired(Keyring ring, Set<String> used) {
        Instant limit = keys.clock().instant().minus(retention);
        Set<String> expired = new TreeSet<>();
        for (DataKey key : ring.keys().values()) {
            boolean replaced = ring.keys().values().stream()
                    .filter(other -> other.compareTo(key) > 0)
                    .anyMatch(other -> other.created().isBefore(limit));
            if (replaced && !used.contains(key.id())) {
                expired.add(key.id());
            }
        }
        return expired;
    }
}
