package io.serai.security.internal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.api.security.AccessException;
import io.serai.api.security.AuditLog.Outcome;
import io.serai.api.security.AuditLog.Query;
import io.serai.api.security.Subject;
import io.serai.api.state.Content;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.security.internal.SecurityFixture;
import io.serai.security.internal.directory.ObjectYaml;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Bob manages people: he may write users, roles and keys, and has the role viewer beside. */
public class EscalationTest {
    private static final Map<String, Object> ALL = Map.of("kinds", List.of("*"), "verbs", List.of("*"));

    @Rule
    public final SecurityFixture security = new SecurityFixture();

    private final Subject bob = new Subject("bob", Set.of("people", "viewer"), Set.of(), "rest", "10.0.0.1");
    private RoleAccess access;

    @Before
    public void make() throws Exception {
        access = new RoleAccess(security.directory(), security.audit());
        security.put(
                "role",
                "people",
                Map.of(
                        "permissions",
                        List.of(Map.of(
                                "kinds",
                                List.of("user", "role", "api-key"),
                                "verbs",
                                List.of("read", "write", "create")))));
        security.user("admin", "admin");
        security.user("bob", "people", "viewer");
    }

    @Test
    public void givesWhatHeHas() {
        assertGranted(bob, user("eve", Map.of("roles", List.of("viewer"))));
        assertGranted(bob, user("eve", Map.of("roles", List.of("people", "viewer"), "groups", List.of("night"))));
        assertGranted(bob, role("few", Map.of("kinds", List.of("artifact"), "verbs", List.of("read"))));
        assertGranted(bob, key("ci", "bob"));
        assertGranted(bob, user("bob", Map.of("roles", List.of("people", "viewer"), "disabled", true)));
    }

    @Test
    public void givesNobodyMoreThanHeHasNotHimselfEither() throws Exception {
        assertRefused(bob, user("eve", Map.of("roles", List.of("admin"))), "user/eve", "it permits * of *");
        assertRefused(
                bob, user("bob", Map.of("roles", List.of("people", "viewer", "operator"))), "user/bob", "rollback");
        assertRefused(bob, role("people", ALL), "role/people", "it permits * of *");
        assertRefused(bob, role("new", ALL), "role/new", "");
        security.put("role", "night", Map.of("groups", List.of("night"), "permissions", List.of(ALL)));
        assertRefused(bob, user("eve", Map.of("groups", List.of("night"))), "user/eve", "");
        Map<StatePath, Optional<Content>> both = new HashMap<>(role("own", ALL));
        both.putAll(user("eve", Map.of("roles", List.of("own"))));
        assertRefused(bob, both, "role/own", "");

        Query refused = new Query(
                Optional.of("bob"),
                Optional.of("escalate"),
                Optional.of("user/eve"),
                Optional.of(Outcome.REFUSED),
                Optional.empty(),
                Optional.empty(),
                10);
        assertThat(security.audit().search(refused)).hasSize(2);
    }

    @Test
    public void leavesThoseAloneWhoMayMore() {
        assertRefused(bob, user("admin", Map.of("roles", List.of("viewer"))), "user/admin", "");
        assertRefused(bob, Map.of(path("user", "admin"), Optional.empty()), "user/admin", "");
        assertRefused(bob, key("ci", "admin"), "api-key/ci", "");
    }

    @Test
    public void aTokenGivesNoMoreThanItIsLimitedTo() {
        Subject limited = new Subject("admin", Set.of("admin"), Set.of("people"), "rest", "10.0.0.1");
        assertRefused(limited, user("eve", Map.of("roles", List.of("admin"))), "user/eve", "");
        assertRefused(limited, key("free", "admin"), "api-key/free", "");
        assertRefused(
                new Subject("admin", Set.of("admin"), Set.of("gone"), "rest", ""),
                user("eve", Map.of("roles", List.of("viewer"))),
                "user/eve",
                "");
        assertGranted(new Subject("admin", Set.of("admin"), Set.of(), "rest", ""), role("new", ALL));
    }

    @Test
    public void onlyWhoMayDoEverythingSaysHowPeopleLogIn() {
        Subject developer = new Subject("dev", Set.of("developer"), Set.of(), "git", "10.0.0.1");
        Optional<Content> content = Optional.of(Content.of("url = ldap://evil".getBytes(StandardCharsets.UTF_8)));
        assertRefused(
                developer,
                Map.of(new StatePath("config/io.serai.security.ldap.cfg"), content),
                "configuration/io.serai.security.ldap",
                "who may log in");
        assertRefused(
                developer,
                Map.of(new StatePath("nodes/node1/config/io.serai.security.cfg"), content),
                "configuration/io.serai.security",
                "");
        assertGranted(developer, Map.of(new StatePath("config/com.acme.cfg"), content));
    }

    @Test
    public void theLastAdministratorStays() throws Exception {
        assertThatThrownBy(() -> security.remove("user", "admin"))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("nobody would be left who may do everything");
        assertThatThrownBy(() -> security.user("admin", Map.of("roles", List.of("viewer"))))
                .isInstanceOf(StateException.class);
        assertThatThrownBy(() -> security.user("admin", Map.of("roles", List.of("admin"), "disabled", true)))
                .isInstanceOf(StateException.class);
        security.user("ann", Map.of("roles", List.of("admin"))); // has no password
        assertThatThrownBy(() -> security.remove("user", "admin")).isInstanceOf(StateException.class);

        security.put("role", "owner", Map.of("groups", List.of("owners"), "permissions", List.of(ALL)));
        security.user("ann", Map.of("groups", List.of("owners"), "password", SecurityFixture.PASSWORD));
        security.remove("user", "admin");
        assertThatThrownBy(() -> security.remove("role", "owner")).isInstanceOf(StateException.class);
    }

    private void assertGranted(Subject subject, Map<StatePath, Optional<Content>> targets) {
        assertThatCode(() -> access.requireHeld(subject, targets)).doesNotThrowAnyException();
    }

    private void assertRefused(
            Subject subject, Map<StatePath, Optional<Content>> targets, String object, String words) {
        assertThatThrownBy(() -> access.requireHeld(subject, targets))
                .isInstanceOf(AccessException.class)
                .hasMessageContaining("User " + subject.name() + " may not change " + object + ": ")
                .hasMessageContaining(words);
    }

    private static Map<StatePath, Optional<Content>> user(String name, Map<String, Object> spec) {
        return object("user", name, spec);
    }

    private static Map<StatePath, Optional<Content>> role(String name, Map<String, Object> permission) {
        return object("role", name, Map.of("permissions", List.of(permission)));
    }

    private static Map<StatePath, Optional<Content>> key(String name, String user) {
        return object("api-key", name, Map.of("user", user, "expires", "2099-01-01T00:00:00Z"));
    }

    private static Map<StatePath, Optional<Content>> object(String kind, String name, Map<String, Object> spec) {
        return Map.of(path(kind, name), Optional.of(ObjectYaml.write(kind, name, spec)));
    }

    private static StatePath path(String kind, String name) {
        return StatePath.of("objects", kind, name + ".yaml");
    }
}
