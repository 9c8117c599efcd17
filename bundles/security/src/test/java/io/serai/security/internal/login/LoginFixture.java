package io.serai.security.internal.login;

import io.serai.api.security.AccessException;
import io.serai.api.security.AuditLog.Entry;
import io.serai.api.security.AuditLog.Query;
import io.serai.api.security.LoginService;
import io.serai.api.security.Subject;
import io.serai.security.internal.SecurityFixture;
import io.serai.security.internal.access.RoleAccess;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Logins on two nodes of a cluster, which have the same state, secrets and maps. */
final class LoginFixture {
    final SecurityFixture security;
    final SharedMaps maps;
    final ClusterLogin first;
    final LoginService second;

    LoginFixture(SecurityFixture security) {
        this.security = security;
        this.maps = new SharedMaps(security.clock);
        this.first = login("cluster");
        this.second = login("cluster");
    }

    /** Makes the logins of a node of a cluster. */
    ClusterLogin login(String cluster) {
        return new ClusterLogin(
                security.directory(),
                security.audit(),
                new Sessions(
                        maps,
                        purpose -> Secrets.sha256((cluster + purpose).getBytes(StandardCharsets.UTF_8)),
                        security.settings().sessions(),
                        security.clock),
                new PasswordCheck(security.settings(), security.directory()),
                new ClusterLogin.Clocks(security.clock, security.clock::nanoTime));
    }

    RoleAccess access() {
        return new RoleAccess(security.directory(), security.audit());
    }

    Subject login(String user, String password, String from) throws AccessException {
        return first.login(user, password.toCharArray(), "rest", from);
    }

    /** Returns why a login is refused; empty if it is not. */
    Optional<AccessException.Reason> refusal(String user, String password, String from) {
        try {
            login(user, password, from);
            return Optional.empty();
        } catch (AccessException e) {
            return Optional.of(e.reason());
        }
    }

    /** Returns why a token is refused by a node; empty if it is not. */
    static Optional<AccessException.Reason> refusal(LoginService node, String token) {
        try {
            node.login(token, "rest", "10.0.0.1");
            return Optional.empty();
        } catch (AccessException e) {
            return Optional.of(e.reason());
        }
    }

    List<Entry> recorded() {
        return security.audit()
                .search(new Query(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        10_000));
    }
}
