package io.serai.shell.internal.login;

import io.serai.api.security.AccessException;
import io.serai.api.security.LoginService;
import io.serai.api.security.Subject;
import java.security.AccessController;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;

/** Whoever runs the command of this thread: what JAAS knows, as the cluster sees it now. */
public final class CurrentSubject {
    /** The role of Karaf that may do everything. */
    static final String ADMIN_ROLE = "admin";

    /** The role of Karaf that lets somebody into the shell. */
    static final String SHELL_ROLE = "ssh";

    static final String FACE = "shell";

    private static final String LOCAL = "local";
    // ssh(/127.0.0.1:50312), ssh(/[0:0:0:0:0:0:0:1]:50312)
    private static final Pattern ADDRESS = Pattern.compile("/\\[?([0-9a-fA-F:.%]+?)\\]?:\\d+\\)?$");
    private static final Set<String> LOOPBACK = Set.of("0:0:0:0:0:0:0:1", "::1");

    private CurrentSubject() {}

    /**
     * Returns who it is. A user of the cluster has the roles that the cluster gives now, whoever has a key of the node those that
     * {@code etc/keys.properties} says.
     *
     * @throws AccessException {@code UNAUTHENTICATED} if nobody is logged in any more
     */
    public static Subject get(LoginService logins) throws AccessException {
        javax.security.auth.Subject subject = ofThread()
                .orElseThrow(() ->
                        new AccessException(AccessException.Reason.UNAUTHENTICATED, "Nobody is logged in; use SSH"));
        String from = from(subject);
        Optional<LoginService.Session> session = subject.getPrivateCredentials(LoginService.Session.class).stream()
                .findFirst();
        if (session.isPresent()) {
            return logins.login(session.get().token(), FACE, from);
        }
        String name = subject.getPrincipals(UserPrincipal.class).stream()
                .map(UserPrincipal::getName)
                .findFirst()
                .orElse("karaf");
        Set<String> roles = subject.getPrincipals(RolePrincipal.class).stream()
                .map(RolePrincipal::getName)
                .collect(Collectors.toSet());
        return new Subject(name, roles, Set.of(), FACE, from);
    }

    /** Returns the address that somebody has come from; {@code local} for the machine of the node. */
    static String from(javax.security.auth.Subject subject) {
        return subject.getPrincipals(ClientPrincipal.class).stream()
                .map(client -> ADDRESS.matcher(client.getName()))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .filter(address -> !address.startsWith("127.") && !LOOPBACK.contains(address))
                .findFirst()
                .orElse(LOCAL);
    }

    // The replacement is in Java 18 and later; Karaf 4.4 itself binds the subject to the access control context.
    @SuppressWarnings("removal")
    private static Optional<javax.security.auth.Subject> ofThread() {
        return Optional.ofNullable(javax.security.auth.Subject.getSubject(AccessController.getContext()));
    }
}
