package io.serai.shell.internal.login;

import io.serai.api.security.AccessException;
import io.serai.api.security.LoginService;
import java.io.IOException;
import java.security.Principal;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.jspecify.annotations.NullUnmarked;

/** Lets users of the cluster in with name and password. JAAS makes one for each login, and initializes it before all else. */
@NullUnmarked
public final class PasswordLoginModule implements LoginModule {
    /** The option that is a supplier of the logins of the cluster, which may not be there yet. */
    static final String LOGINS = "logins";

    private Subject subject;
    private CallbackHandler callbacks;
    private Supplier<Optional<LoginService>> logins;
    private Optional<LoginService.Session> session = Optional.empty();
    private final Set<Principal> principals = new HashSet<>();

    @Override
    @SuppressWarnings("unchecked") // ShellRealm has put it there
    public void initialize(Subject who, CallbackHandler handler, Map<String, ?> sharedState, Map<String, ?> options) {
        this.subject = who;
        this.callbacks = handler;
        this.logins = (Supplier<Optional<LoginService>>) options.get(LOGINS);
    }

    @Override
    public boolean login() throws LoginException {
        NameCallback name = new NameCallback("user");
        PasswordCallback password = new PasswordCallback("password", false);
        try {
            callbacks.handle(new Callback[] {name, password});
        } catch (UnsupportedCallbackException e) {
            return false; // who comes with a key has no password
        } catch (IOException e) {
            throw failed("Cannot ask for a password", e);
        }
        try {
            LoginService service =
                    logins.get().orElseThrow(() -> new FailedLoginException("This node knows of no users yet"));
            var user = service.login(
                    name.getName(), password.getPassword(), CurrentSubject.FACE, CurrentSubject.from(subject));
            session = Optional.of(service.open(user));
            principals.add(new UserPrincipal(user.name()));
            principals.add(new RolePrincipal(CurrentSubject.SHELL_ROLE));
            if (user.roles().contains(CurrentSubject.ADMIN_ROLE)) {
                principals.add(new RolePrincipal(CurrentSubject.ADMIN_ROLE));
            }
            return true;
        } catch (AccessException e) {
            throw failed(String.valueOf(e.getMessage()), e);
        } finally {
            password.clearPassword();
        }
    }

    private static FailedLoginException failed(String message, Exception cause) {
        FailedLoginException failure = new FailedLoginException(message);
        failure.initCause(cause);
        return failure;
    }

    @Override
    public boolean commit() {
        session.ifPresent(subject.getPrivateCredentials()::add);
        subject.getPrincipals().addAll(principals);
        return session.isPresent();
    }

    @Override
    public boolean abort() {
        return logout();
    }

    @Override
    public boolean logout() {
        if (session.isEmpty()) {
            return false;
        }
        String token = session.get().token();
        logins.get().ifPresent(service -> service.close(token));
        subject.getPrivateCredentials().remove(session.get());
        subject.getPrincipals().removeAll(principals);
        session = Optional.empty();
        return true;
    }
}
