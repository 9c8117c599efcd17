package io.serai.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.api.security.AccessException;
import io.serai.api.security.LoginService;
import io.serai.shell.internal.login.CurrentSubject;
import io.serai.shell.internal.login.PasswordLoginModule;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.LoginException;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.junit.Test;

public class PasswordLoginTest {
    private final FakeUsers users = new FakeUsers();
    private final Subject subject = new Subject();
    private final PasswordLoginModule module = new PasswordLoginModule();

    @Test
    public void aUserHasTheRolesOfTheClusterAsTheyAreNow() throws Exception {
        subject.getPrincipals().add(new ClientPrincipal("ssh", "/192.0.2.7:50312"));

        assertThat(login("eve", "right")).isTrue();

        assertThat(subject.getPrincipals(RolePrincipal.class))
                .extracting(RolePrincipal::getName)
                .containsExactlyInAnyOrder("ssh", "admin");
        io.serai.api.security.Subject eve = current();
        assertThat(eve.name()).isEqualTo("eve");
        assertThat(eve.face()).isEqualTo("shell");
        assertThat(eve.from()).isEqualTo("192.0.2.7");
        users.roles.put("eve", "viewer");
        assertThat(current().roles()).containsExactly("viewer");
        users.roles.remove("eve");
        assertThatThrownBy(this::current).isInstanceOf(AccessException.class);
    }

    @Test
    public void aRoleOfTheClusterIsNoneOfKaraf() throws Exception {
        users.roles.put("max", "manager");

        assertThat(login("max", "right")).isTrue();

        assertThat(subject.getPrincipals(RolePrincipal.class))
                .as("Karaf lets a manager stop bundles")
                .extracting(RolePrincipal::getName)
                .containsExactly("ssh");
        assertThat(current().from()).isEqualTo("local");
    }

    @Test
    public void aWrongPasswordLetsNobodyIn() {
        assertThatThrownBy(() -> login("eve", "wrong")).isInstanceOf(LoginException.class);
        assertThat(subject.getPrincipals()).isEmpty();
        assertThat(users.sessions).isEmpty();
    }

    @Test
    public void whoComesWithAKeyIsNotAskedForAPassword() throws Exception {
        assertThat(login(callbacks -> {
                    throw new UnsupportedCallbackException(callbacks[1]);
                }))
                .isFalse();
    }

    @Test
    public void aSessionEndsWithTheLogin() throws Exception {
        login("eve", "right");

        assertThat(module.logout()).isTrue();

        assertThat(users.sessions).isEmpty();
        assertThat(subject.getPrincipals()).isEmpty();
    }

    private boolean login(String user, String password) throws LoginException {
        return login(callbacks -> {
            for (Callback callback : callbacks) {
                if (callback instanceof NameCallback name) {
                    name.setName(user);
                } else if (callback instanceof PasswordCallback asked) {
                    asked.setPassword(password.toCharArray());
                }
            }
        });
    }

    private boolean login(CallbackHandler handler) throws LoginException {
        Supplier<Optional<LoginService>> logins = () -> Optional.of(users);
        module.initialize(subject, handler, Map.of(), Map.of("logins", logins));
        return module.login() && module.commit();
    }

    private io.serai.api.security.Subject current() throws Exception {
        try {
            return Subject.doAs(subject, (PrivilegedExceptionAction<io.serai.api.security.Subject>)
                    () -> CurrentSubject.get(users));
        } catch (PrivilegedActionException e) {
            throw e.getException();
        }
    }
}
