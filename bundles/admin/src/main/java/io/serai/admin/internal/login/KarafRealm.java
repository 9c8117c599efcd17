package io.serai.admin.internal.login;

import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;

/** The users that the shell has, too: the JAAS realm of Karaf. */
final class KarafRealm {
    private static final String REALM = "karaf";

    private KarafRealm() {}

    /**
     * Returns the user whose password it is.
     *
     * @throws LoginException if it is nobody's, with more than a client should learn
     */
    static Account login(Credentials credentials, String from) throws LoginException {
        Subject subject = new Subject();
        subject.getPrincipals().add(new ClientPrincipal("https", from));
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // JAAS looks for Karaf's login module with the class loader of the thread
        thread.setContextClassLoader(KarafRealm.class.getClassLoader());
        try {
            new LoginContext(REALM, subject, callbacks -> answer(callbacks, credentials)).login();
        } finally {
            thread.setContextClassLoader(before);
        }
        Set<String> roles = subject.getPrincipals(RolePrincipal.class).stream()
                .map(RolePrincipal::getName)
                .collect(Collectors.toSet());
        return new Account(credentials.user(), roles, from);
    }

    private static void answer(Callback[] callbacks, Credentials credentials) throws UnsupportedCallbackException {
        for (Callback callback : callbacks) {
            if (callback instanceof NameCallback name) {
                name.setName(credentials.user());
            } else if (callback instanceof PasswordCallback password) {
                password.setPassword(credentials.password().toCharArray());
            } else {
                throw new UnsupportedCallbackException(callback);
            }
        }
    }
}
