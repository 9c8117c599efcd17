package io.serai.admin.realm;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.jspecify.annotations.NullUnmarked;

/** A realm of the name of Karaf's with three users, whose passwords are their names, a colon, and "secret". */
@NullUnmarked
public final class TestUsers implements LoginModule {
    private static final Map<String, Set<String>> ROLES =
            Map.of("alice", Set.of("admin", "viewer"), "bob", Set.of("viewer"), "carol", Set.of("ssh"));

    private Subject subject;
    private CallbackHandler handler;

    /** Puts the realm where JAAS looks. */
    public static void install() {
        Configuration.setConfiguration(new Configuration() {
            @Override
            public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return !name.equals("karaf")
                        ? null
                        : new AppConfigurationEntry[] {
                            new AppConfigurationEntry(
                                    TestUsers.class.getName(),
                                    AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
                                    new HashMap<>())
                        };
            }
        });
    }

    public static String password(String user) {
        return user + ":secret";
    }

    @Override
    public void initialize(
            Subject loginSubject, CallbackHandler callbackHandler, Map<String, ?> state, Map<String, ?> options) {
        this.subject = loginSubject;
        this.handler = callbackHandler;
    }

    @Override
    public boolean login() throws LoginException {
        NameCallback name = new NameCallback("user");
        PasswordCallback password = new PasswordCallback("password", false);
        try {
            handler.handle(new Callback[] {name, password});
        } catch (IOException | UnsupportedCallbackException e) {
            throw new LoginException(e.toString());
        }
        Set<String> roles = ROLES.get(name.getName());
        if (roles == null || !password(name.getName()).equals(String.valueOf(password.getPassword()))) {
            throw new FailedLoginException("wrong");
        }
        roles.forEach(role -> subject.getPrincipals().add(new RolePrincipal(role)));
        return true;
    }

    @Override
    public boolean commit() {
        return true;
    }

    @Override
    public boolean abort() {
        return true;
    }

    @Override
    public boolean logout() {
        return true;
    }
}
