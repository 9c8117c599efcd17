package io.serai.admin.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.admin.internal.git.KeptAudit;
import io.serai.api.deploy.Rollout;
import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKind;
import io.serai.api.object.ObservedKind;
import io.serai.api.security.AccessControl;
import io.serai.api.security.AccessException;
import io.serai.api.security.LoginService;
import io.serai.api.security.Subject;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import io.serai.deployer.internal.kind.ArtifactKind;
import io.serai.deployer.internal.kind.ConfigurationKind;
import io.serai.http.internal.channel.RestChannelKind;
import io.serai.objects.internal.Actions;
import io.serai.objects.internal.AllKinds;
import io.serai.objects.internal.Guard;
import io.serai.objects.internal.Kinds;
import io.serai.objects.internal.ObjectValidators;
import io.serai.objects.internal.ObservedKinds;
import io.serai.objects.internal.StateObjects;
import io.serai.objects.internal.index.ObjectIndexes;
import io.serai.objects.internal.text.TextCodec;
import io.serai.state.internal.GitStateRepository;
import io.serai.state.internal.RealState;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/** The whole API over a real repository with real kinds; whoever logs in as admin may do all, as viewer read. */
@NullUnmarked
public final class RestRig extends ExternalResource {
    static final ObjectMapper JSON = new ObjectMapper();

    private final TemporaryFolder folder = new TemporaryFolder();
    private GitStateRepository state;
    private final Weather weather = new Weather();
    private RestApi api;

    @Override
    protected void before() throws Throwable {
        folder.create();
        state = RealState.open(folder.getRoot().toPath());
        Kinds kinds = new Kinds();
        for (ObjectKind kind : List.of(new RestChannelKind(), new ArtifactKind(), new ConfigurationKind())) {
            kinds.add(kind);
        }
        ObservedKinds observedKinds = new ObservedKinds();
        observedKinds.add(weather);
        AllKinds all = new AllKinds(kinds, observedKinds);
        TextCodec codec = new TextCodec(kinds);
        ObjectIndexes indexes = new ObjectIndexes(kinds, codec);
        ObjectValidators validators = new ObjectValidators(kinds, codec, indexes);
        RealState.validate(state, validators, validators);
        Users users = new Users();
        Guard guard = new Guard(users, new KeptAudit());
        StateObjects objects = new StateObjects(state, all, indexes, codec, guard);
        Actions actions = new Actions(all, state, guard);
        actions.add(new Shout());
        Watches watches = new Watches(objects, state, users);
        RealState.listen(state, watches);
        ObjectEndpoints endpoints = new ObjectEndpoints(
                objects,
                codec,
                (commit, paths, wait, timeout) -> new Rollout(
                        Map.of("node1", List.of()),
                        paths.contains(new StatePath("deploy/late.txt")) ? List.of("node2") : List.of()));
        api = new RestApi(
                new LoginEndpoints(users),
                endpoints,
                new ActionEndpoints(actions, endpoints),
                watches,
                new Idempotency(new MemoryMap()));
    }

    @Override
    protected void after() {
        api.watches().close();
        RealState.close(state);
        folder.delete();
    }

    public RestApi api() {
        return api;
    }

    /** Has the kind weather see something; nothing any more if the sky is empty. */
    public void observed(String city, String sky) {
        if (sky.isEmpty()) {
            weather.skies.remove(city);
        } else {
            weather.skies.put(city, sky);
        }
    }

    GitStateRepository state() {
        return state;
    }

    static JsonNode json(String text) throws IOException {
        return JSON.readTree(text);
    }

    /** A kind that nobody puts. */
    private static final class Weather implements ObservedKind {
        private final Map<String, String> skies = new ConcurrentSkipListMap<>();

        @Override
        public String name() {
            return "weather";
        }

        @Override
        public String schema() {
            return "{\"type\": \"object\"}";
        }

        @Override
        public Observation observe() {
            return new Observation(
                    skies.entrySet().stream()
                            .map(sky -> new Observed(sky.getKey(), Map.of(), Map.of("state", sky.getValue())))
                            .toList(),
                    List.of());
        }
    }

    /** An action of a kind. */
    private static final class Shout implements ObjectAction {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public String kind() {
            return "artifact";
        }

        @Override
        public String name() {
            return "shout";
        }

        @Override
        public boolean ofObject() {
            return true;
        }

        @Override
        public String schema() {
            return """
                    {"type": "object", "description": "Shouts the name", "additionalProperties": false,
                     "properties": {"times": {"type": "integer", "minimum": 1, "maximum": 3}}}""";
        }

        @Override
        public Map<String, Object> run(Call call) throws ObjectException {
            int times = call.parameters().get("times") instanceof Long given ? given.intValue() : 1;
            return Map.of(
                    "said",
                    call.object().orElseThrow().name().repeat(times).toUpperCase(Locale.ROOT),
                    "calls",
                    calls.incrementAndGet());
        }
    }

    /** Two users. */
    private static final class Users implements LoginService, AccessControl {
        @Override
        public void requireHeld(Subject subject, Map<StatePath, Optional<Content>> targets) {
            // nobody is given rights here
        }

        private final Map<String, String> sessions = new ConcurrentHashMap<>();

        @Override
        public Subject login(String user, char[] password, String face, String from) throws AccessException {
            if (!Set.of("admin", "viewer").contains(user) || !new String(password).equals("right")) {
                throw new AccessException(
                        AccessException.Reason.UNAUTHENTICATED, "There is no such user with this password");
            }
            return new Subject(user, Set.of(user), Set.of(), face, from);
        }

        @Override
        public Subject login(String token, String face, String from) throws AccessException {
            if (token.equals("of-a-provider")) {
                return new Subject("mia", Set.of("viewer"), Set.of("night"), Set.of(), face, from);
            }
            String user = sessions.get(token);
            if (user == null) {
                throw new AccessException(
                        AccessException.Reason.UNAUTHENTICATED, "The token is not valid any more; log in");
            }
            return new Subject(user, Set.of(user), Set.of(), face, from);
        }

        @Override
        public Session open(Subject subject) {
            String token = "token-" + sessions.size();
            sessions.put(token, subject.name());
            return new Session(token, Instant.EPOCH);
        }

        @Override
        public void close(String token) {
            sessions.remove(token);
        }

        @Override
        public boolean permits(Subject subject, String verb, String kind, String name) {
            return subject.roles().contains("admin") || verb.equals(READ);
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
}
