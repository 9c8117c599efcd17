package io.serai.security.internal;

import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.state.Author;
import io.serai.api.state.Change;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import io.serai.security.internal.access.LastAdministrator;
import io.serai.security.internal.audit.ChainedAuditLog;
import io.serai.security.internal.directory.ObjectYaml;
import io.serai.security.internal.directory.SecurityDirectory;
import io.serai.security.internal.directory.SecurityFiles;
import io.serai.security.internal.kind.UserKind;
import io.serai.state.internal.GitStateRepository;
import io.serai.state.internal.TestState;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/** The state of a node, whose users a test makes. */
public final class SecurityFixture extends ExternalResource {
    /** A password that may be one. */
    public static final String PASSWORD = "correct horse battery";

    private static final Author ANN = new Author("ann", "rest");

    /** Time. */
    public final TestClock clock = new TestClock();

    private final TemporaryFolder folder = new TemporaryFolder();
    private final Map<String, Object> other = new HashMap<>();
    private @Nullable GitStateRepository state;
    private @Nullable SecurityDirectory directory;
    private @Nullable ChainedAuditLog audit;

    @Override
    protected void before() throws Throwable {
        folder.create();
        state = TestState.open(home(), new SecurityFiles(), new LastAdministrator());
        directory = new SecurityDirectory(state);
        audit = new ChainedAuditLog(settings().audit(), "node1", clock);
    }

    @Override
    protected void after() {
        audit().close();
        TestState.close(Objects.requireNonNull(state));
        folder.delete();
    }

    /** Has a key of the configuration say something else. */
    public void configure(String key, Object value) {
        other.put(key, value);
    }

    public SecurityConfig config() {
        return new FixedConfig(home(), other);
    }

    public SecuritySettings settings() {
        return SecuritySettings.of(config());
    }

    public Path home() {
        return folder.getRoot().toPath();
    }

    public StateRepository state() {
        return Objects.requireNonNull(state);
    }

    public SecurityDirectory directory() {
        return Objects.requireNonNull(directory);
    }

    public ChainedAuditLog audit() {
        return Objects.requireNonNull(audit);
    }

    /** Puts a user with the password, as a face does. */
    public void user(String name, String... roles) throws Exception {
        user(name, Map.of("roles", List.of(roles), "password", PASSWORD));
    }

    /** Puts a user. */
    public void user(String name, Map<String, Object> spec) throws Exception {
        ObjectKind kind = new UserKind(config());
        ObjectKey key = ObjectKey.of("user", name);
        put("user", name, kind.keep(key, spec, kept("user", name)));
    }

    /** Returns what the state has of an object. */
    public Optional<Map<String, Object>> kept(String kind, String name) throws Exception {
        Map<String, Object> spec = new LinkedHashMap<>();
        StatePath path = StatePath.of("objects", kind, name + ".yaml");
        if (!state().head().files().containsKey(path)) {
            return Optional.empty();
        }
        directory().edit(kind, name, ANN, "Look", before -> {
            spec.putAll(before.orElseThrow());
            return before.orElseThrow();
        });
        return Optional.of(spec);
    }

    /** Puts an object as it is kept. */
    public void put(String kind, String name, Map<String, Object> spec) throws Exception {
        put(StatePath.of("objects", kind, name + ".yaml"), ObjectYaml.write(kind, name, spec));
    }

    /** Puts a file. */
    public void put(StatePath path, Content content) throws Exception {
        state().commit(Change.of(Map.of(path, content), Set.of(), ANN, "Put " + path));
    }

    /** Removes an object. */
    public void remove(String kind, String name) throws Exception {
        StatePath path = StatePath.of("objects", kind, name + ".yaml");
        state().commit(Change.of(Map.of(), Set.of(path), ANN, "Remove " + path));
    }
}
