package io.serai.security.internal.login;

import static io.serai.api.security.AccessException.Reason.THROTTLED;
import static io.serai.api.security.AccessException.Reason.UNAUTHENTICATED;
import static io.serai.security.internal.SecurityFixture.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.Assume.assumeTrue;

import io.serai.api.security.Subject;
import io.serai.security.internal.SecurityFixture;
import io.serai.security.internal.ldap.LdapDirectory;
import io.serai.security.internal.ldap.Slapd;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** People of OpenLDAP log in; the role shift has the group night. */
@NullUnmarked
public class LdapLoginTest {
    @Rule
    public final SecurityFixture security = new SecurityFixture();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Slapd slapd;
    private LdapDirectory directory;
    private LoginFixture cluster;

    @Before
    public void start() throws Exception {
        assumeTrue("there is no slapd; .ci/run installs it", Slapd.isThere());
        slapd = new Slapd(folder.getRoot().toPath());
        directory = slapd.directory(Map.of());
        cluster = new LoginFixture(security);
        cluster.first.ldap = directory;
        security.user("ann", "admin");
        security.put(
                "role",
                "shift",
                Map.of(
                        "groups",
                        List.of("night"),
                        "permissions",
                        List.of(Map.of("kinds", List.of("*"), "verbs", List.of("read")))));
    }

    @After
    public void stop() throws Exception {
        if (slapd != null) {
            slapd.close();
        }
    }

    @Test
    public void haveTheRolesOfTheirGroupsAndSessionsOnAllNodes() throws Exception {
        Subject lisa = cluster.login("Lisa", "lisa's secret", "10.0.0.1");

        assertThat(lisa.name()).isEqualTo("lisa");
        assertThat(lisa.roles()).containsExactly("shift");
        assertThat(lisa.groups()).containsExactly("night");
        assertThat(cluster.access().permits(lisa, "read", "artifact", "x")).isTrue();
        assertThat(cluster.recorded().get(0).event().detail()).isEqualTo("password, LDAP");

        String token = cluster.first.open(lisa).token();
        ClusterLogin second = cluster.login("cluster");
        second.ldap = directory;
        assertThat(second.login(token, "rest", "10.0.0.1")).isEqualTo(lisa);
        assertThat(LoginFixture.refusal(cluster.login("cluster"), token)).contains(UNAUTHENTICATED); // has no directory
        security.remove("role", "shift");
        assertThat(LoginFixture.refusal(second, token)).contains(UNAUTHENTICATED);
    }

    @Test
    public void areNobodyHereWithoutARoleOrUnderANameOfSomebodyHere() throws Exception {
        assertThat(cluster.refusal("boss", "boss' secret", "10.0.0.1")).contains(UNAUTHENTICATED);
        assertThat(cluster.refusal("lisa", "", "10.0.0.1")).contains(UNAUTHENTICATED);

        security.user("lisa", Map.of("roles", List.of("viewer"), "disabled", true));
        assertThat(cluster.refusal("lisa", "lisa's secret", "10.0.0.2")).contains(UNAUTHENTICATED);
        assertThat(cluster.refusal("LISA", "lisa's secret", "10.0.0.2")).contains(UNAUTHENTICATED);
    }

    @Test
    public void areThrottledAsOthersAre() {
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(cluster.refusal("lisa", "guess " + attempt, "10.0.0.1")).contains(UNAUTHENTICATED);
        }
        assertThat(cluster.refusal("lisa", "lisa's secret", "10.0.0.1")).contains(THROTTLED);
        assertThat(cluster.refusal("lisa", "lisa's secret", "10.0.0.9")).isEmpty();
    }

    @Test
    public void aDeadDirectoryKeepsNobodyOutWhoHasAPasswordHere() throws Exception {
        slapd.close();

        assertThat(cluster.refusal("ann", PASSWORD, "10.0.0.1")).isEmpty();
        assertThatThrownBy(() -> cluster.login("lisa", "lisa's secret", "10.0.0.2"))
                .hasMessageContaining("does not answer at the moment");
        assertThat(cluster.recorded().get(0).event().detail()).contains("does not answer");
        slapd.start();
        assertThat(cluster.refusal("lisa", "lisa's secret", "10.0.0.3")).isEmpty();
    }
}
