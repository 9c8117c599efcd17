package io.serai.security.internal.login;

import static io.serai.api.security.AccessException.Reason.THROTTLED;
import static io.serai.api.security.AccessException.Reason.UNAUTHENTICATED;
import static io.serai.security.internal.SecurityFixture.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.serai.api.object.ObjectAction.Call;
import io.serai.api.object.ObjectKey;
import io.serai.api.security.AccessException;
import io.serai.api.security.AuditLog.Outcome;
import io.serai.api.security.Subject;
import io.serai.security.internal.SecurityFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class PasswordLoginTest {
    private static final String WRONG = "wrong horse battery";

    @Rule
    public final SecurityFixture security = new SecurityFixture();

    private LoginFixture cluster;

    @Before
    public void login() throws Exception {
        security.user("ann", "developer");
        cluster = new LoginFixture(security);
    }

    @Test
    public void knowsUsersWithTheirRolesAndThoseOfTheirGroups() throws Exception {
        security.put(
                "role",
                "shift",
                Map.of(
                        "groups",
                        List.of("night"),
                        "permissions",
                        List.of(Map.of("kinds", List.of("artifact"), "verbs", List.of("read")))));
        security.user("bob", Map.of("groups", List.of("night"), "password", PASSWORD));

        Subject ann = cluster.login("ann", PASSWORD, "10.0.0.1");

        assertThat(ann).isEqualTo(new Subject("ann", Set.of("developer"), Set.of(), "rest", "10.0.0.1"));
        assertThat(cluster.login("bob", PASSWORD, "10.0.0.1").roles()).containsExactly("shift");
        assertThat(cluster.recorded().get(0).event().outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    public void refusesUnknownUsersWrongPasswordsAndThoseWhoMayNotInTheSameWords() throws Exception {
        security.user("off", Map.of("disabled", true, "password", PASSWORD));
        security.user("mute", Map.of("roles", List.of("admin")));

        List<AccessException> refusals = List.of(
                refused("ann", WRONG, "10.0.0.1"),
                refused("nobody", PASSWORD, "10.0.0.2"),
                refused("off", PASSWORD, "10.0.0.3"),
                refused("mute", PASSWORD, "10.0.0.4"),
                refused("ann", "", "10.0.0.5"),
                refused("ann", PASSWORD + "x".repeat(100_000), "10.0.0.6"));

        assertThat(refusals).extracting(AccessException::reason).containsOnly(UNAUTHENTICATED);
        assertThat(refusals)
                .extracting(Throwable::getMessage)
                .containsOnly(refusals.get(0).getMessage());
        assertThat(cluster.recorded())
                .filteredOn(entry -> entry.event().outcome() == Outcome.REFUSED)
                .hasSize(6);
    }

    @Test
    public void aFloodFromOneAddressIsNotLookedAtAndShutsNobodyElseOut() {
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(cluster.refusal("ann", WRONG, "10.0.0.1")).contains(UNAUTHENTICATED);
        }
        for (int attempt = 0; attempt < 1_000; attempt++) { // quick, since nothing is hashed
            assertThat(cluster.refusal("ann", PASSWORD, "10.0.0.1")).contains(THROTTLED);
        }

        assertThat(cluster.refusal("ann", PASSWORD, "10.0.0.2")).isEmpty();
        assertThat(cluster.recorded()).hasSize(6);
        assertThat(cluster.recorded().get(1).event().detail()).contains("not looked at for 1 s");
    }

    @Test
    public void whoGoesOnToFailWaitsLongerEachTimeButNotForEver() {
        long[] seconds = new long[12];
        for (int attempt = 0; attempt < seconds.length; attempt++) {
            refused("ann", WRONG, "10.0.0.1");
            AccessException next = refused("ann", attempt < 4 ? WRONG : PASSWORD, "10.0.0.1");
            if (next.reason() == THROTTLED) {
                Duration pause = next.retryAfter().orElseThrow();
                seconds[attempt] = pause.toSeconds();
                security.clock.advance(pause);
            } else {
                attempt++;
            }
        }

        assertThat(seconds).contains(1, 2, 4, 8, 16, 32, 60);
        security.clock.advance(Duration.ofMinutes(16));
        assertThat(cluster.refusal("ann", PASSWORD, "10.0.0.1")).isEmpty();
    }

    @Test
    public void manyAddressesTogetherGuessNoFasterAndWhoWasHereBeforeGetsIn() {
        assertThat(cluster.refusal("ann", PASSWORD, "10.1.1.1")).isEmpty();
        long looked = 0;
        for (int address = 0; address < 50; address++) {
            for (int attempt = 0; attempt < 3; attempt++) {
                looked += cluster.refusal("ann", WRONG, "10.0.0." + address).filter(UNAUTHENTICATED::equals).stream()
                        .count();
            }
        }

        assertThat(looked).isEqualTo(20);
        assertThat(cluster.refusal("ann", PASSWORD, "10.0.1.1")).contains(THROTTLED);
        assertThat(cluster.refusal("ann", PASSWORD, "10.1.1.1")).isEmpty();
    }

    @Test
    public void aNetworkOfIpv6CountsAsOneAddress() {
        for (int attempt = 0; attempt < 5; attempt++) {
            cluster.refusal("ann", WRONG, "2001:db8:1:2::" + attempt);
        }

        assertThat(cluster.refusal("ann", PASSWORD, "2001:db8:1:2:ffff::9")).contains(THROTTLED);
        assertThat(cluster.refusal("ann", PASSWORD, "2001:db8:1:3::9")).isEmpty();
    }

    @Test
    public void hashesAnewAtTheLoginAfterTheCostHasChangedAndSessionsStay() throws Exception {
        String token =
                cluster.first.open(cluster.login("ann", PASSWORD, "10.0.0.1")).token();
        security.configure("password.iterations.count", 2);
        LoginFixture dearer = new LoginFixture(security);

        dearer.login("ann", PASSWORD, "10.0.0.1");

        await().untilAsserted(() -> assertThat(
                        security.kept("user", "ann").orElseThrow().get("passwordHash"))
                .asString()
                .startsWith("$argon2id$v=19$m=7168,t=2,p=1$"));
        dearer.login("ann", PASSWORD, "10.0.0.1");
        assertThat(LoginFixture.refusal(cluster.second, token)).isEmpty();
    }

    @Test
    public void theFirstAdministratorIsMadeOnceAndItsPasswordIsNowhere() throws Exception {
        security.remove("user", "ann");
        Path file = security.home().resolve("first-admin");
        Files.writeString(file, "Uq7Zk2mWx9Rt4Yp8Lc3Vb6Nd\n");

        FirstAdministrator maker = new FirstAdministrator(security.config(), security.directory());
        await().until(() -> !Files.exists(file));

        assertThat(cluster.login("admin", "Uq7Zk2mWx9Rt4Yp8Lc3Vb6Nd", "10.0.0.1")
                        .roles())
                .containsExactly("admin");
        maker.close();

        Files.writeString(file, "another-password-of-old\n");
        new FirstAdministrator(security.config(), security.directory());
        await().until(() -> !Files.exists(file));
        assertThat(cluster.refusal("admin", "another-password-of-old", "10.0.0.1"))
                .contains(UNAUTHENTICATED);
    }

    @Test
    public void whoOwnsTheNodeGivesTheAdministratorAnotherPassword() throws Exception {
        security.user("admin", Map.of("roles", List.of("admin"), "disabled", true, "password", "a lost password"));
        Path file = security.home().resolve("reset-admin");
        AdministratorReset reset = new AdministratorReset(security.config(), security.directory(), security.audit());
        try {
            Files.writeString(file, "a password that was found\n"); // as anybody may read it
            await().until(() -> cluster.recorded().stream()
                    .anyMatch(entry -> entry.event().detail().contains("umask 077")));
            assertThat(cluster.refusal("admin", "a password that was found", "10.0.0.1"))
                    .contains(UNAUTHENTICATED);

            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            await().until(() -> !Files.exists(file));
        } finally {
            reset.close();
        }

        assertThat(cluster.login("admin", "a password that was found", "10.0.0.1")
                        .roles())
                .containsExactly("admin");
        assertThat(cluster.recorded())
                .filteredOn(entry -> entry.event().action().equals("reset-password"))
                .extracting(entry -> entry.event().outcome())
                .containsExactly(Outcome.DONE, Outcome.FAILED);
    }

    @Test
    public void whoKnowsThePasswordChangesIt() throws Exception {
        security.user("eve", "viewer");
        Subject eve = cluster.login("eve", PASSWORD, "10.0.0.1");
        String token = cluster.first.open(eve).token();
        SetPassword action = new SetPassword(security.config(), security.directory(), cluster.first);

        assertThat(action.isOwn(eve, "eve")).isTrue();
        assertThat(action.isOwn(eve, "ann")).isFalse();
        assertThat(action.isOwn(new Subject("eve", Set.of(), Set.of("viewer"), "rest", ""), "eve"))
                .isFalse();
        assertThatThrownBy(() -> action.run(change(eve, "eve", "wrong", "another good password")))
                .hasMessageContaining("'old' is not the password of now");
        assertThatThrownBy(() -> action.run(change(eve, "eve", PASSWORD, "short")))
                .hasMessageContaining("'new' ");
        assertThatThrownBy(() -> action.run(change(eve, "ann", PASSWORD, "another good password")))
                .hasMessageContaining("somebody else");
        action.run(change(eve, "eve", PASSWORD, "another good password"));

        assertThat(cluster.refusal("eve", PASSWORD, "10.0.0.1")).contains(UNAUTHENTICATED);
        assertThat(cluster.refusal("eve", "another good password", "10.0.0.1")).isEmpty();
        assertThat(LoginFixture.refusal(cluster.second, token)).contains(UNAUTHENTICATED);
    }

    private static Call change(Subject subject, String user, String old, String next) {
        return new Call(subject, Optional.of(ObjectKey.of("user", user)), Map.of("old", old, "new", next));
    }

    private AccessException refused(String user, String password, String from) {
        AccessException refusal =
                catchThrowableOfType(AccessException.class, () -> cluster.login(user, password, from));
        assertThat(refusal).isNotNull();
        return refusal;
    }
}
