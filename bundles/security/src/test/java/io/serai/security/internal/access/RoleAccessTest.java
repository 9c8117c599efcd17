package io.serai.security.internal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.security.AccessException;
import io.serai.api.security.AuditLog.Outcome;
import io.serai.api.security.AuditLog.Query;
import io.serai.api.security.Subject;
import io.serai.security.internal.SecurityFixture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class RoleAccessTest {
    @Rule
    public final SecurityFixture security = new SecurityFixture();

    private RoleAccess access;

    @Before
    public void make() {
        access = new RoleAccess(security.directory(), security.audit());
    }

    @Test
    public void theRolesThatAreBuiltInPermitMoreFromOneToTheNext() {
        assertPermits("viewer", "read artifact", "read rest-channel", "read user", "read node");
        assertRefuses("viewer", "read audit", "read api-key", "read credential", "read state", "invoke service");
        assertRefuses("viewer", "write artifact", "delete artifact", "write user");
        assertPermits("operator", "read artifact", "invoke service", "rollback artifact", "drain node");
        assertRefuses("operator", "write artifact", "rollback user", "read audit", "read state");
        assertPermits("developer", "invoke service", "write artifact", "delete rest-channel", "write configuration");
        assertPermits("developer", "write amqp-channel", "read state");
        assertRefuses("developer", "write user", "write role", "create api-key", "write credential", "delete node");
        assertPermits("admin", "write user", "read audit", "create api-key", "anything whatever");
        assertRefuses("no such role", "read artifact");
    }

    @Test
    public void rolesOfTheStateCountAsTheyAreNow() throws Exception {
        role(List.of(Map.of(
                "kinds", List.of("*", "!rest-channel"), "verbs", List.of("write"), "names", List.of("a*c?", "x"))));
        Subject subject = subject("custom");

        assertThat(access.permits(subject, "write", "artifact", "abbcd")).isTrue();
        assertThat(access.permits(subject, "write", "artifact", "x")).isTrue();
        assertThat(access.permits(subject, "write", "artifact", "abbc")).isFalse();
        assertThat(access.permits(subject, "write", "artifact", "xy")).isFalse();
        assertThat(access.permits(subject, "write", "rest-channel", "x")).isFalse();
        assertThat(access.permits(subject, "delete", "artifact", "x")).isFalse();
        assertThat(access.permits(subject, "write", "artifact", "")).isTrue();

        role(List.of(Map.of("kinds", List.of("*"), "verbs", List.of("read"))));
        assertThat(access.permits(subject, "write", "artifact", "x")).isFalse();
        security.remove("role", "custom");
        assertThat(access.permits(subject, "read", "artifact", "x")).isFalse();
    }

    @Test
    public void aPatternOfManyStarsTakesNoTime() throws Exception {
        role(List.of(Map.of("kinds", List.of("*"), "verbs", List.of("read"), "names", List.of("*a".repeat(90) + "b"))));

        assertThat(access.permits(subject("custom"), "read", "artifact", "a".repeat(200)))
                .isFalse();
    }

    @Test
    public void aRefusalSaysWhoMayAndIsRecorded() {
        assertThatExceptionOfType(AccessException.class)
                .isThrownBy(() -> access.require(subject("viewer"), "write", "artifact", "a.jar"))
                .withMessage("User ann may not write artifact/a.jar; roles that may: admin, developer")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(AccessException.Reason.FORBIDDEN));
        Subject limited = new Subject("ann", Set.of("admin"), Set.of("viewer"), "rest", "local");
        assertThatExceptionOfType(AccessException.class)
                .isThrownBy(() -> access.require(limited, "write", "user", "bob"))
                .withMessageContaining("with this token, which is limited to viewer");

        Query refused = new Query(
                Optional.of("ann"),
                Optional.of("write"),
                Optional.of("a.jar"),
                Optional.of(Outcome.REFUSED),
                Optional.empty(),
                Optional.empty(),
                10);
        assertThat(security.audit().search(refused)).hasSize(1);
    }

    private void role(List<Map<String, Object>> permissions) throws Exception {
        security.put("role", "custom", Map.of("permissions", permissions));
    }

    private static Subject subject(String role) {
        return new Subject("ann", Set.of(role), Set.of(), "rest", "10.0.0.1");
    }

    private void assertPermits(String role, String... wishes) {
        for (String wish : wishes) {
            assertThat(asked(role, wish)).as(role + " " + wish).isTrue();
        }
    }

    private void assertRefuses(String role, String... wishes) {
        for (String wish : wishes) {
            assertThat(asked(role, wish)).as(role + " " + wish).isFalse();
        }
    }

    private boolean asked(String role, String wish) {
        List<String> words = List.of(wish.split(" "));
        return access.permits(subject(role), words.get(0), words.get(1), "x");
    }
}
