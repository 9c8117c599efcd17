package io.serai.http.internal;

import static org.awaitility.Awaitility.await;

import io.serai.access.internal.RuleAccess;
import io.serai.access.internal.credential.CreateKey;
import io.serai.access.internal.credential.CredentialDirectory;
import io.serai.access.internal.credential.CredentialKind;
import io.serai.access.internal.folder.HeadMoves;
import io.serai.access.internal.limit.RateLimits;
import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.object.ObjectAction.Call;
import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectDocument;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKey;
import io.serai.api.security.AuditLog;
import io.serai.api.security.Subject;
import io.serai.api.state.Author;
import io.serai.api.state.BlobId;
import io.serai.api.state.Change;
import io.serai.api.state.Content;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.objects.internal.Kinds;
import io.serai.objects.internal.text.TextCodec;
import io.serai.state.internal.GitStateRepository;
import io.serai.state.internal.TestState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.NullUnmarked;
import org.junit.rules.ExternalResource;
import org.junit.rules.RuleChain;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.TestRule;

/** A real server whose channels ask for the credentials of a real state. */
@NullUnmarked
final class GuardedServer extends ExternalResource {
    private static final Subject ANN = new Subject("ann", Set.of("admin"), Set.of(), "rest", "local");

    final TestServer server = new TestServer(rules -> this.access.guard(rules));
    final List<AuditLog.Event> audited = new CopyOnWriteArrayList<>();

    private final HeadMoves heads = new HeadMoves();
    private final TemporaryFolder folder = new TemporaryFolder();
    private final CredentialKind kind = new CredentialKind();
    private final Kinds kinds = new Kinds();
    private final ObjectCodec codec = new TextCodec(kinds);
    private GitStateRepository state;
    private CredentialDirectory directory;
    private RateLimits limits;
    private RuleAccess access;

    /** Returns the rule that a test needs. */
    TestRule chain() {
        return RuleChain.outerRule(folder).around(this).around(server);
    }

    @Override
    protected void before() throws Throwable {
        kinds.add(kind);
        state = TestState.open(folder.getRoot().toPath());
        directory = new CredentialDirectory(state, codec, heads);
        limits = new RateLimits(state, codec, name -> new AloneMap(), heads);
        access = new RuleAccess(directory, limits, audit());
    }

    @Override
    protected void after() {
        access.close();
        limits.close();
        directory.close();
        TestState.close(state);
    }

    private AuditLog audit() {
        return new AuditLog() {
            @Override
            public void record(Event event) {
                audited.add(event);
            }

            @Override
            public List<Entry> search(Query query) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<Entry> find(long number) {
                return Optional.empty();
            }

            @Override
            public Optional<Long> verify() {
                throw new UnsupportedOperationException();
            }
        };
    }

    /** Puts a credential as a person gives it, and waits until it counts. */
    void credential(String name, Map<String, Object> given) {
        ObjectKey key = ObjectKey.of("credential", name);
        StatePath path = StatePath.of("objects", "credential", name + ".yaml");
        try {
            Optional<Content> content = state.head().content(path);
            Optional<Map<String, Object>> before =
                    content.isPresent() ? Optional.of(codec.spec(path, content.get())) : Optional.empty();
            Map<String, Object> kept = kind.keep(key, given, before);
            byte[] yaml = codec.yaml(List.of(new ObjectDocument(key, kept)));
            change(Map.of(path, Content.of(yaml)), Set.of());
        } catch (ObjectException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Puts a rate limit, and waits until it counts. */
    void limit(String name, Map<String, Object> spec) {
        byte[] yaml = codec.yaml(List.of(new ObjectDocument(ObjectKey.of("rate-limit", name), spec)));
        StatePath path = StatePath.of("objects", "rate-limit", name + ".yaml");
        try {
            state.commit(new Change(
                    Map.of(path, Content.of(yaml)), Set.of(), new Author("ann", "rest"), "Limit", Optional.empty()));
        } catch (StateException e) {
            throw new IllegalArgumentException(e);
        }
        heads.headMoved(state.head().commit(), state.head().commit());
        await().until(() -> limits.find(name).isPresent());
    }

    /** Removes a credential. */
    void remove(String name) {
        change(Map.of(), Set.of(StatePath.of("objects", "credential", name + ".yaml")));
    }

    /** Has a key made. */
    String key(String name, Map<String, Object> parameters) {
        try {
            Optional<ObjectKey> key = Optional.of(ObjectKey.of("credential", name));
            Map<String, Object> made = new CreateKey(state, codec, audit()).run(new Call(ANN, key, parameters));
            settle();
            return String.valueOf(made.get("key"));
        } catch (ObjectException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void change(Map<StatePath, Content> puts, Set<StatePath> removed) {
        try {
            state.commit(new Change(puts, removed, new Author("ann", "rest"), "Change", Optional.empty()));
        } catch (StateException e) {
            throw new IllegalArgumentException(e);
        }
        settle();
    }

    private void settle() {
        var before = directory.credentials();
        heads.headMoved(state.head().commit(), state.head().commit());
        await().until(() ->
                directory.credentials().isPresent() && !directory.credentials().equals(before));
    }

    /** Puts a channel that answers who calls. */
    void channel(String name, String security) {
        channelOf(name, "security: " + security);
    }

    /** Puts such a channel of which more is said. */
    void channelOf(String name, String more) {
        server.serve(
                "GET /of/" + name,
                Void.class,
                String.class,
                call -> call.caller().user().orElse("nobody") + " "
                        + call.caller().roles() + " " + call.caller().address().orElse(""));
        String yaml =
                """
                kind: rest-channel
                name: %s
                spec:
                  path: /%s
                  methods: [GET]
                  service: %s
                  %s
                """
                        .formatted(name, name, TestServer.nameOf("GET /of/" + name), more);
        try {
            server.objects.apply(new Artifact(
                    StatePath.of("objects", "rest-channel", name + ".yaml"),
                    new BlobId("0".repeat(40)),
                    Content.of(yaml.getBytes(StandardCharsets.UTF_8))));
        } catch (DeploymentException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
