package io.serai.secrets.internal;

import io.serai.api.cluster.ClusterSecrets;
import io.serai.api.deploy.Artifact;
import io.serai.api.object.ObjectDocument;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKey;
import io.serai.api.state.Author;
import io.serai.api.state.Change;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import io.serai.objects.internal.Kinds;
import io.serai.objects.internal.text.TextCodec;
import io.serai.secrets.internal.key.KeySlot;
import io.serai.secrets.internal.key.KeyUpkeep;
import io.serai.secrets.internal.key.Keys;
import io.serai.secrets.internal.kind.SecretKind;
import io.serai.secrets.internal.source.NodeSecrets;
import io.serai.secrets.internal.source.References;
import io.serai.secrets.internal.source.SecretFiles;
import io.serai.state.internal.GitStateRepository;
import io.serai.state.internal.TestState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/** The secrets of a node, on a real repository. */
public final class SecretsRig extends ExternalResource {
    public static final Author ANN = new Author("ann", "rest");

    public final KeySlot slot = new KeySlot();
    public final Map<String, String> environment = new HashMap<>();
    public final Map<String, Object> settings = new HashMap<>();
    public final AtomicLong nanos = new AtomicLong();

    private final TemporaryFolder folder = new TemporaryFolder();
    private final Kinds kinds = new Kinds();
    private final TextCodec codec = new TextCodec(kinds);
    private final SecretKind kind = new SecretKind(slot);
    private @Nullable GitStateRepository state;
    private @Nullable Keys keys;
    private @Nullable NodeSecrets secrets;
    private @Nullable References references;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    protected void before() throws Throwable {
        folder.create();
        Files.createDirectory(folder());
        kinds.add(kind);
        state = TestState.open(home());
        join(1);
    }

    @Override
    protected void after() {
        secrets().close();
        references().close();
        TestState.close(state());
        folder.delete();
    }

    /** Becomes a node of another cluster that has this state, with what is configured now. */
    public void join(int cluster) {
        ClusterSecrets derived = purpose -> {
            byte[] key = new byte[ClusterSecrets.KEY_BYTES];
            Arrays.fill(key, (byte) (purpose.hashCode() + cluster));
            return key;
        };
        keys = new Keys(state(), derived, codec, slot, new Now());
        references = new References(SecretsSettings.of(new FixedConfig(home(), settings)), environment::get);
        secrets = new NodeSecrets(state(), codec, keys(), references, nanos::get);
    }

    public Path home() {
        return folder.getRoot().toPath();
    }

    /** Returns the folder whose files may be read. */
    public Path folder() {
        return home().resolve("secrets");
    }

    public GitStateRepository state() {
        return Objects.requireNonNull(state);
    }

    public Keys keys() {
        return Objects.requireNonNull(keys);
    }

    public KeyUpkeep upkeep() {
        return new KeyUpkeep(Duration.ofDays(30), state(), keys(), codec);
    }

    public TextCodec codec() {
        return codec;
    }

    public References references() {
        return Objects.requireNonNull(references);
    }

    public NodeSecrets secrets() {
        return Objects.requireNonNull(secrets);
    }

    public SecretKind kind() {
        return kind;
    }

    public void pass(Duration time) {
        now = now.plus(time);
        nanos.addAndGet(time.toNanos());
    }

    /** Puts a secret as a face does, and has it deployed on this node. */
    public String put(String name, Map<String, Object> spec) throws Exception {
        Map<String, Object> kept = kind.keep(ObjectKey.of("secret", name), spec, kept(name));
        commit(path(name), codec.yaml(List.of(new ObjectDocument(ObjectKey.of("secret", name), kept))));
        return deploy(name);
    }

    public String deploy(String name) throws Exception {
        var head = state().head();
        return new SecretFiles(secrets(), codec)
                .apply(new Artifact(
                        path(name),
                        Objects.requireNonNull(head.files().get(path(name))),
                        head.content(path(name)).orElseThrow()));
    }

    public void commit(StatePath path, byte[] content) throws Exception {
        state().commit(Change.of(Map.of(path, Content.of(content)), Set.of(), ANN, "Put " + path));
    }

    public Optional<Map<String, Object>> kept(String name) throws ObjectException {
        Optional<Content> content = state().head().content(path(name));
        return content.isPresent() ? Optional.of(codec.spec(path(name), content.get())) : Optional.empty();
    }

    /** Returns all that the state has, as text. */
    public String everything() throws IOException {
        StringBuilder all = new StringBuilder();
        for (StatePath path : state().head().files().keySet()) {
            byte[] bytes = state().head().content(path).orElseThrow().bytes();
            all.append(path).append('\n').append(new String(bytes, StandardCharsets.UTF_8));
        }
        return all.toString();
    }

    public String read(String name) throws Exception {
        return new String(secrets().read(name));
    }

    public static StatePath path(String name) {
        return StatePath.of("objects/secret", name + ".yaml");
    }

    /** Time that a test lets pass. */
    private final class Now extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
