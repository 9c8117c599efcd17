package io.serai.secrets.internal.source;

import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectException;
import io.serai.api.secret.SecretException;
import io.serai.api.secret.SecretException.Reason;
import io.serai.api.secret.SecretSource;
import io.serai.api.state.Entry;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import io.serai.secrets.internal.key.Keys;
import io.serai.secrets.internal.key.SealException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secrets that this node has. A sealed value is opened each time it is asked for; one that was read from elsewhere is kept in
 * memory, because the other place may be away, and is read again from time to time.
 */
@Component(service = {SecretSource.class, NodeSecrets.class})
public final class NodeSecrets implements SecretSource {
    private static final Logger LOG = LoggerFactory.getLogger(NodeSecrets.class);

    private final StateRepository state;
    private final ObjectCodec codec;
    private final Keys keys;
    private final References references;
    private final LongSupplier nanos;
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final List<Consumer<Set<String>>> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = Executors.defaultThreadFactory().newThread(task);
        thread.setName("secrets-refresh-1");
        thread.setDaemon(true);
        return thread;
    });

    /** What is known of a secret. */
    private static final class Held {
        private final SecretSpec spec;
        // as it was read last from where the spec says; empty if the spec has it
        private final char[] value;
        private final long time;

        Held(SecretSpec spec, char[] value, long time) {
            this.spec = spec;
            this.value = value;
            this.time = time;
        }
    }

    /** Begins with none; looks again as often as it is configured. */
    @Activate
    public NodeSecrets(
            @Reference StateRepository state,
            @Reference ObjectCodec codec,
            @Reference Keys keys,
            @Reference References references) {
        this(state, codec, keys, references, System::nanoTime);
        long period = references.refresh().toMillis();
        var unused = executor.scheduleWithFixedDelay(this::refresh, period, period, TimeUnit.MILLISECONDS);
    }

    /** Begins with none; looks again when it is told to. */
    public NodeSecrets(StateRepository state, ObjectCodec codec, Keys keys, References references, LongSupplier nanos) {
        this.state = state;
        this.codec = codec;
        this.keys = keys;
        this.references = references;
        this.nanos = nanos;
    }

    /** Ends. */
    @Deactivate
    public void close() {
        executor.shutdownNow();
    }

    /** Has somebody told which secrets have another value, on a thread of the deployer or of this. */
    public void onChange(Consumer<Set<String>> listener) {
        listeners.add(listener);
    }

    /** Tells somebody no more. */
    public void forget(Consumer<Set<String>> listener) {
        listeners.remove(listener);
    }

    /**
     * Takes in what the state has; if it cannot be read, what was known of the secret stays.
     *
     * @throws SecretException if it has no value, or it cannot be read
     */
    public void put(String name, SecretSpec spec) throws SecretException {
        Held before = held.get(name);
        Held now = look(name, spec);
        if (before == null || !sameValue(name, before, now)) {
            held.put(name, now);
            tell(Set.of(name));
        } else {
            held.put(name, now);
        }
    }

    /** Forgets a secret. */
    public void remove(String name) {
        Held before = held.remove(name);
        if (before != null) {
            Arrays.fill(before.value, '\0');
        }
    }

    @Override
    public char[] read(String name) throws SecretException {
        Held known = held.get(name);
        return value(name, known == null ? find(name) : known);
    }

    /** Finds what the state has and the deployer has not brought yet: configurations come before it, and want values. */
    private Held find(String name) throws SecretException {
        try {
            StatePath path = StatePath.of("objects", SecretSpec.KIND, name + ".yaml");
            Snapshot head = state.head();
            Entry entry = head.effective().get(path);
            if (entry == null) {
                throw new SecretException(
                        Reason.ABSENT, "There is no secret " + name + "; put it: serai secret add " + name, null);
            }
            Held found = look(name, SecretSpec.of(codec.spec(path, head.content(entry.blob()))));
            Held other = held.putIfAbsent(name, found);
            return other == null ? found : other;
        } catch (ObjectException | StateException | IllegalArgumentException e) {
            throw new SecretException(Reason.UNREADABLE, "Cannot read secret " + name + ": " + e.getMessage(), e);
        }
    }

    /** Reads again what may be another one by now. */
    public void refresh() {
        Set<String> changed = new TreeSet<>();
        held.forEach((name, known) -> {
            Optional<ValueReference> from = known.spec.from();
            if (from.isPresent() && isOld(known, references.freshness(from.get()))) {
                try {
                    Held now = look(name, known.spec);
                    if (held.replace(name, known, now) && !Arrays.equals(known.value, now.value)) {
                        changed.add(name);
                    }
                } catch (SecretException e) {
                    LOG.warn("A secret was not read again, and counts as it was: cause={}", e.getMessage());
                }
            }
        });
        if (!changed.isEmpty()) {
            LOG.info("Secrets were read that have changed: names={}", changed);
            tell(changed);
        }
    }

    private boolean isOld(Held known, Duration freshness) {
        return nanos.getAsLong() - known.time >= freshness.toNanos();
    }

    private Held look(String name, SecretSpec spec) throws SecretException {
        if (spec.from().isEmpty() && spec.sealed().isEmpty()) {
            throw new SecretException(
                    Reason.ABSENT, "Secret " + name + " has no value yet; put it with value or from", null);
        }
        Held found = new Held(spec, new char[0], nanos.getAsLong());
        if (spec.from().isEmpty()) {
            Arrays.fill(value(name, found), '\0'); // to see that it can be opened
            return found;
        }
        try {
            return new Held(spec, references.read(spec.from().get()), nanos.getAsLong());
        } catch (IOException e) {
            throw new SecretException(Reason.UNREADABLE, "Cannot read secret " + name + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SecretException(Reason.UNREADABLE, "Cannot read secret " + name + ": it was interrupted", e);
        }
    }

    private char[] value(String name, Held known) throws SecretException {
        if (known.spec.sealed().isEmpty()) {
            return known.value.clone();
        }
        try {
            return keys.ring().open(known.spec.sealed().get(), SecretSpec.owner(name));
        } catch (SealException e) {
            throw new SecretException(Reason.UNREADABLE, "Cannot read secret " + name + ": " + e.getMessage(), e);
        }
    }

    private boolean sameValue(String name, Held one, Held other) {
        try {
            char[] left = value(name, one);
            char[] right = value(name, other);
            boolean same = Arrays.equals(left, right);
            Arrays.fill(left, '\0');
            Arrays.fill(right, '\0');
            return same;
        } catch (SecretException e) {
            return false; // the key of the old one has gone
        }
    }

    private void tell(Set<String> names) {
        listeners.forEach(listener -> listener.accept(names));
    }
}
