package io.serai.security.internal.login;

import static io.serai.api.security.AccessException.Reason.THROTTLED;
import static io.serai.api.security.AccessException.Reason.UNAUTHENTICATED;
import static io.serai.security.internal.SecurityFixture.PASSWORD;
import static io.serai.security.internal.login.LoginFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.object.ObjectAction.Call;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKey;
import io.serai.api.security.AccessException;
import io.serai.api.security.LoginService.Session;
import io.serai.api.security.Subject;
import io.serai.api.state.Author;
import io.serai.api.state.Change;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import io.serai.security.internal.SecurityFixture;
import io.serai.security.internal.directory.ObjectYaml;
import io.serai.security.internal.login.ApiKeys.Made;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class TokenLoginTest {
    private static final String FAR = "2027-01-01T00:00:00Z";

    @Rule
    public final SecurityFixture security = new SecurityFixture();

    private LoginFixture cluster;

    @Before
    public void login() throws Exception {
        security.user("ann", "admin");
        security.user("bob", "viewer");
        cluster = new LoginFixture(security);
    }

    @Test
    public void everyNodeKnowsASessionUntilItIsClosedOnOne() throws Exception {
        String token = open("ann");

        assertThat(cluster.second.login(token, "rest", "10.0.0.2"))
                .isEqualTo(new Subject("ann", Set.of("admin"), Set.of(), "rest", "10.0.0.2"));
        cluster.second.close(token);

        assertThat(refusal(cluster.first, token)).contains(UNAUTHENTICATED);
        assertThat(refusal(cluster.second, token)).contains(UNAUTHENTICATED);
        cluster.first.close("serai-session.nonsense");
    }

    @Test
    public void endsWhenIdleAndAtTheEndOfItsLife() throws Exception {
        String idle = open("ann");
        String used = open("ann");
        for (int half = 0; half < 47; half++) {
            security.clock.advance(Duration.ofMinutes(15));
            assertThat(refusal(half % 2 == 0 ? cluster.first : cluster.second, used))
                    .isEmpty();
        }

        assertThat(refusal(cluster.first, idle)).contains(UNAUTHENTICATED);
        security.clock.advance(Duration.ofMinutes(15));
        assertThat(refusal(cluster.first, used)).contains(UNAUTHENTICATED);
    }

    @Test
    public void goesOnAfterNoNodeHasRunUnlessItWasClosedOrIdle() throws Exception {
        String open = open("ann");
        String closed = open("ann");
        cluster.first.close(closed);
        security.clock.advance(Duration.ofMinutes(1));
        cluster.maps.clear();

        ClusterLogin again = cluster.login("cluster");

        assertThat(refusal(again, open)).isEmpty();
        assertThat(refusal(again, closed)).contains(UNAUTHENTICATED);
        again.close();
        security.clock.advance(Duration.ofMinutes(31));
        cluster.maps.clear();
        assertThat(refusal(cluster.login("cluster"), open)).contains(UNAUTHENTICATED);
        assertThat(Files.getPosixFilePermissions(security.settings().sessions().file()))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    public void endsAtOnceWithThePasswordTheUserAndTheCluster() throws Exception {
        String changed = open("bob");
        security.user("bob", Map.of("roles", List.of("viewer"), "password", "another good password"));
        assertThat(refusal(cluster.first, changed)).contains(UNAUTHENTICATED);

        security.user("boss", "admin"); // or ann were the last one
        String disabled = open("ann");
        security.user("ann", Map.of("roles", List.of("admin"), "disabled", true));
        assertThat(refusal(cluster.first, disabled)).contains(UNAUTHENTICATED);
        security.user("ann", Map.of("roles", List.of("admin")));
        assertThat(refusal(cluster.first, disabled)).isEmpty();

        security.clock.advance(Duration.ofMinutes(1));
        cluster.maps.clear(); // no node ran
        assertThat(refusal(cluster.first, disabled)).contains(UNAUTHENTICATED);
    }

    @Test
    public void countsOnANodeThatHasNotHeardOfItYet() throws Exception {
        String token = open("ann");
        cluster.maps.clear();

        assertThat(refusal(cluster.second, token)).isEmpty();
    }

    @Test
    public void nobodyCanMakeOrChangeASession() throws Exception {
        String token = open("bob");
        String[] parts = token.split("\\.");
        parts[2] = "YW5u"; // ann

        assertThat(refusal(cluster.login("another cluster"), token)).contains(UNAUTHENTICATED);
        assertThat(refusal(cluster.first, String.join(".", parts))).contains(UNAUTHENTICATED);
        assertThat(refusal(cluster.first, token.substring(0, token.length() - 1)))
                .contains(UNAUTHENTICATED);
        assertThat(refusal(cluster.first, "serai-session.")).contains(UNAUTHENTICATED);
        assertThat(refusal(cluster.first, "")).contains(UNAUTHENTICATED);
        assertThat(refusal(cluster.first, "serai_guess")).contains(UNAUTHENTICATED);
        assertThat(refusal(cluster.first, "guess")).contains(THROTTLED);
        assertThat(refusal(cluster.first, token)).isEmpty();
    }

    @Test
    public void ofTooManySessionsOfOneUserTheOldestEnds() throws Exception {
        String oldest = open("ann");
        security.clock.advance(Duration.ofSeconds(1));
        String next = open("ann");
        open("ann");
        open("ann");

        assertThat(refusal(cluster.second, oldest)).contains(UNAUTHENTICATED);
        assertThat(refusal(cluster.second, next)).isEmpty();
    }

    @Test
    public void aKeyActsForItsUserWithinItsLimitsUntilItEnds() throws Exception {
        String token = create("ann", "ci", Map.of("user", "ann", "roles", List.of("viewer"), "expires", FAR));

        Subject subject = cluster.second.login(token, "rest", "10.0.0.9");

        assertThat(subject).isEqualTo(new Subject("ann", Set.of("admin"), Set.of("viewer"), "rest", "10.0.0.9"));
        assertThat(cluster.access().permits(subject, "read", "artifact", "a.jar"))
                .isTrue();
        assertThat(cluster.access().permits(subject, "write", "artifact", "a.jar"))
                .isFalse();
        assertThatExceptionOfType(AccessException.class).isThrownBy(() -> cluster.first.open(subject));
        String guess = token.substring(0, 40) + (token.charAt(40) == 'A' ? 'B' : 'A') + token.substring(41);
        assertThat(refusal(cluster.first, guess)).contains(UNAUTHENTICATED);
        assertThat(security.kept("api-key", "ci").orElseThrow().toString()).doesNotContain(token.substring(23));

        security.clock.advance(Duration.ofDays(365));
        assertThat(refusal(cluster.first, token)).contains(UNAUTHENTICATED);
    }

    @Test
    public void anotherSecretOfAKeyEndsTheFirstAndARemovedKeyCountsNoMore() throws Exception {
        String first = create("ann", "ci", Map.of("expires", FAR));
        String second = create("ann", "ci", Map.of("expires", FAR));

        assertThat(refusal(cluster.first, first)).contains(UNAUTHENTICATED);
        assertThat(refusal(cluster.first, second)).isEmpty();
        security.remove("api-key", "ci");
        assertThat(refusal(cluster.first, second)).contains(UNAUTHENTICATED);
    }

    @Test
    public void nobodyGetsMoreRightsByAKey() throws Exception {
        assertThatExceptionOfType(ObjectException.class)
                .isThrownBy(() -> create("bob", "up", Map.of("user", "ann", "expires", FAR)))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(ObjectException.Reason.FORBIDDEN));
        assertThatExceptionOfType(ObjectException.class)
                .isThrownBy(() -> create("ann", "old", Map.of("expires", "2020-01-01T00:00:00Z")))
                .withMessageContaining("give a time to come");
        assertThatExceptionOfType(ObjectException.class)
                .isThrownBy(() -> create("ann", "x", Map.of("user", "nobody", "expires", FAR)))
                .withMessageContaining("add the user first");
        assertThat(create("bob", "own", Map.of("expires", FAR))).startsWith("serai_");
    }

    @Test
    public void tenThousandKeysAreCheckedWithoutHashingPasswords() throws Exception {
        Map<StatePath, Content> files = new HashMap<>();
        String token = "";
        for (int number = 0; number < 10_000; number++) {
            Made made = Made.random();
            token = made.token();
            files.put(
                    StatePath.of("objects", "api-key", "key" + number + ".yaml"),
                    ObjectYaml.write(
                            "api-key",
                            "key" + number,
                            Map.of(
                                    "user",
                                    "ann",
                                    "expires",
                                    FAR,
                                    "id",
                                    made.secret().id(),
                                    "secretHash",
                                    made.secret().hash())));
        }
        security.state().commit(Change.of(files, Set.of(), new Author("ann", "rest"), "Put keys"));
        assertThat(refusal(cluster.first, token)).isEmpty();

        long begin = System.nanoTime();
        for (int call = 0; call < 10_000; call++) {
            cluster.first.login(token, "rest", "10.0.0.1");
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);

        assertThat(took).isLessThan(Duration.ofSeconds(2)); // passwords would take minutes
    }

    private String open(String user) throws Exception {
        Session session = cluster.first.open(cluster.login(user, PASSWORD, "10.0.0.1"));
        assertThat(session.toString()).doesNotContain(session.token());
        return session.token();
    }

    private String create(String by, String name, Map<String, Object> parameters) throws Exception {
        Subject subject = cluster.login(by, PASSWORD, "10.0.0.1");
        CreateApiKey action = new CreateApiKey(security.directory(), cluster.access(), security.clock);
        return String.valueOf(action.run(new Call(subject, Optional.of(ObjectKey.of("api-key", name)), parameters))
                .get("token"));
    }
}
