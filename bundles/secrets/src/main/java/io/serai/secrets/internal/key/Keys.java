package io.serai.secrets.internal.key;

import io.serai.api.cluster.ClusterSecrets;
import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectException;
import io.serai.api.state.Author;
import io.serai.api.state.BlobId;
import io.serai.api.state.Change;
import io.serai.api.state.Content;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that the head of the state has; looked up again when they differ. Each is wrapped with a key that is derived from that
 * of the cluster's authority, which is on every node and not in the state.
 */
@Component(service = Keys.class)
public final class Keys {
    private static final Logger LOG = LoggerFactory.getLogger(Keys.class);
    private static final String PURPOSE = "io.serai.secrets wrapping 1";

    private final StateRepository state;
    private final ClusterSecrets cluster;
    private final ObjectCodec codec;
    private final KeySlot slot;
    private final Clock clock;
    private volatile @Nullable View last;

    private record View(Map<StatePath, BlobId> files, Keyring ring) {}

    /** Looks into a state. */
    @Activate
    public Keys(
            @Reference StateRepository state,
            @Reference ClusterSecrets cluster,
            @Reference ObjectCodec codec,
            @Reference KeySlot slot) {
        this(state, cluster, codec, slot, Clock.systemUTC());
    }

    /** Looks into a state, at a time that a clock tells. */
    public Keys(StateRepository state, ClusterSecrets cluster, ObjectCodec codec, KeySlot slot, Clock clock) {
        this.state = state;
        this.cluster = cluster;
        this.codec = codec;
        this.slot = slot;
        this.clock = clock;
        slot.fill(this);
    }

    @Deactivate
    void close() {
        slot.empty(this);
    }

    /** Returns those that there are now. */
    public Keyring ring() {
        return ring(state.head());
    }

    /** Returns those of a state. */
    Keyring ring(Snapshot snapshot) {
        Map<StatePath, BlobId> files = new TreeMap<>(
                snapshot.files().subMap(KeyFile.range().get(0), KeyFile.range().get(1)));
        View known = last;
        if (known == null || !known.files().equals(files)) {
            known = new View(files, read(snapshot, files));
            last = known;
        }
        return known.ring();
    }

    /**
     * Returns the key that seals; the first one is made when it is needed.
     *
     * @throws SealException if it cannot be kept
     */
    public DataKey sealing() throws SealException {
        Optional<DataKey> newest = ring().newest();
        if (newest.isPresent()) {
            return newest.get();
        }
        DataKey first = DataKey.random(clock.instant());
        try {
            StateEdits.commit(
                    state,
                    head -> new Change(
                            Map.of(KeyFile.path(first.id()), file(first)),
                            Set.of(),
                            new Author("serai", "node"),
                            "Make the first key for secrets, " + first.id(),
                            Optional.of(head.commit())));
        } catch (StateException e) {
            throw new SealException("the first key for secrets cannot be kept: " + e.getMessage(), e);
        }
        return first;
    }

    /** Returns the file of a key. */
    Content file(DataKey key) {
        return KeyFile.wrap(key, wrapping()).write(codec);
    }

    /** Returns the time. */
    Clock clock() {
        return clock;
    }

    private Keyring read(Snapshot snapshot, Map<StatePath, BlobId> files) {
        SecretKey wrapping = wrapping();
        Map<String, DataKey> keys = new TreeMap<>();
        Set<String> foreign = new HashSet<>();
        files.keySet().stream().filter(KeyFile::isPath).forEach(path -> {
            try {
                KeyFile file = KeyFile.read(
                        path, codec.spec(path, snapshot.content(path).orElseThrow()));
                try {
                    keys.put(file.id(), file.unwrap(wrapping));
                } catch (AEADBadTagException e) {
                    foreign.add(file.id());
                    LOG.warn(
                            "A key for secrets belongs to another cluster; restore it from its backup: key={}",
                            file.id());
                }
            } catch (ObjectException | IllegalArgumentException e) {
                LOG.error("A key for secrets cannot be read: path={}, cause={}", path, e.getMessage());
            }
        });
        return new Keyring(keys, foreign);
    }

    private SecretKey wrapping() {
        byte[] bytes = cluster.derive(PURPOSE);
        try {
            return Aes.key(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0); // the key has a copy
        }
    }
}
