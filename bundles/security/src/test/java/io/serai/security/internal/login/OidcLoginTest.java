package io.serai.security.internal.login;

import static io.serai.api.security.AccessException.Reason.UNAUTHENTICATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.security.Subject;
import io.serai.security.internal.SecurityFixture;
import io.serai.security.internal.oidc.Provider;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;

/** People with the token of a provider log in; the role shift has the group night. */
public class OidcLoginTest {
    @Rule
    public final SecurityFixture security = new SecurityFixture();

    @Rule
    public final Provider provider = new Provider();

    @Test
    public void haveTheRolesOfTheirGroupsAndASessionIfTheyWish() throws Exception {
        LoginFixture cluster = new LoginFixture(security);
        String token = provider.token();
        assertThat(LoginFixture.refusal(cluster.first, token)).contains(UNAUTHENTICATED); // of no provider that counts
        cluster.first.oidc = provider.seen(Map.of());
        assertThat(LoginFixture.refusal(cluster.first, token)).contains(UNAUTHENTICATED); // without a role
        security.put(
                "role",
                "shift",
                Map.of(
                        "groups",
                        List.of("night"),
                        "permissions",
                        List.of(Map.of("kinds", List.of("*"), "verbs", List.of("read")))));

        Subject mia = cluster.first.login(token, "rest", "10.0.0.1");

        assertThat(mia.name()).isEqualTo("mia");
        assertThat(mia.roles()).containsExactly("shift");
        assertThat(mia.groups()).containsExactly("night");
        String session = cluster.first.open(mia).token();
        assertThat(cluster.first.login(session, "rest", "10.0.0.1")).isEqualTo(mia);

        security.user("mia", "viewer"); // somebody here
        assertThat(LoginFixture.refusal(cluster.first, token)).contains(UNAUTHENTICATED);
        assertThat(LoginFixture.refusal(cluster.first, session)).contains(UNAUTHENTICATED);
    }
}
