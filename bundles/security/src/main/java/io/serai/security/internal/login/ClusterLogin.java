package io.serai.security.internal.login;

import io.serai.api.cluster.ClusterMaps;
import io.serai.api.cluster.ClusterSecrets;
import io.serai.api.security.AccessException;
import io.serai.api.security.AccessException.Reason;
import io.serai.api.security.AuditLog;
import io.serai.api.security.AuditLog.Event;
import io.serai.api.security.AuditLog.Outcome;
import io.serai.api.security.LoginService;
import io.serai.api.security.Subject;
import io.serai.security.internal.SecurityConfig;
import io.serai.security.internal.SecuritySettings;
import io.serai.security.internal.directory.ApiKeySpec;
import io.serai.security.internal.directory.Outsider;
import io.serai.security.internal.directory.People;
import io.serai.security.internal.directory.SecurityDirectory;
import io.serai.security.internal.directory.UserSpec;
import io.serai.security.internal.ldap.LdapDirectory;
import io.serai.security.internal.oidc.OidcIssuer;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/** Knows the users of the state, by their passwords, sessions and keys. */
@Component(
        service = LoginService.class,
        configurationPid = SecuritySettings.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SecurityConfig.class)
public final class ClusterLogin implements LoginService {
    private static final String LOGIN = "login";
    private static final String REFUSED = "This is not the name and password of a user who may log in";
    private static final String NO_TOKEN = "This token is none that counts; log in again, or use another key";

    private static final int FREE_TOKENS = 5;
    private static final Duration LONGEST_OF_TOKENS = Duration.ofMinutes(1);

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable LdapDirectory ldap;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable OidcIssuer oidc;

    private final Outsiders outsiders = new Outsiders();
    private final SecurityDirectory directory;
    private final AuditLog audit;
    private final Sessions sessions;
    private final ApiKeys keys;
    private final PasswordCheck passwords;
    private final LoginThrottle throttle;
    private final Backoff tokens; // that do not count: by address, or by session

    /** Makes it of what the cluster has. */
    @Activate
    public ClusterLogin(
            SecurityConfig config,
            @Reference SecurityDirectory directory,
            @Reference AuditLog audit,
            @Reference ClusterMaps maps,
            @Reference ClusterSecrets secrets) {
        this(
                directory,
                audit,
                new Sessions(maps, secrets, SecuritySettings.of(config).sessions(), Clock.systemUTC()),
                new PasswordCheck(SecuritySettings.of(config), directory),
                new Clocks(Clock.systemUTC(), System::nanoTime));
    }

    ClusterLogin(
            SecurityDirectory directory, AuditLog audit, Sessions sessions, PasswordCheck passwords, Clocks clocks) {
        this.directory = directory;
        this.audit = audit;
        this.sessions = sessions;
        this.passwords = passwords;
        this.keys = new ApiKeys(clocks.wall());
        this.throttle = new LoginThrottle(clocks.nanoTime());
        this.tokens = new Backoff(FREE_TOKENS, LONGEST_OF_TOKENS, clocks.nanoTime());
    }

    /**
     * Where time comes from.
     *
     * @param wall the time of day
     * @param nanoTime for durations
     */
    record Clocks(Clock wall, LongSupplier nanoTime) {}

    @Deactivate
    void close() {
        sessions.close();
        passwords.close();
    }

    @Override
    public Subject login(String user, char[] password, String face, String from) throws AccessException {
        refuseThrottled(throttle.pause(user, from));
        if (!passwords.enter()) {
            throw new AccessException("Too many logins at a time; try again", Duration.ofSeconds(1));
        }
        Optional<UserSpec> known;
        Duration pause = Duration.ZERO;
        try {
            refuseThrottled(throttle.pause(user, from)); // others may have failed meanwhile
            known = passwords.check(user, password);
            if (known.isEmpty() && !Outsiders.mayKnow(ldap, directory.people(), user)) {
                pause = throttle.failed(user, from);
            }
        } finally {
            passwords.leave();
        }
        if (known.isEmpty()) {
            return outsider(new Attempt(user, face, from), password, pause);
        }
        throttle.succeeded(user, from);
        audit.record(new Event(user, from, face, LOGIN, "", Outcome.DONE, "password"));
        return subject(user, known.get(), Set.of(), face, from);
    }

    /** Asks the directory, if there is one that may know whom nobody knows here; not while others wait to have hashes made. */
    private Subject outsider(Attempt attempt, char[] password, Duration before) throws AccessException {
        LdapDirectory asked = ldap;
        People people = directory.people();
        Duration pause = before;
        if (asked != null && Outsiders.mayKnow(asked, people, attempt.user())) {
            Optional<Outsider> found = outsiders.check(asked, people, attempt.user(), password);
            if (found.isPresent()) {
                throttle.succeeded(attempt.user(), attempt.from());
                audit.record(attempt.event(found.get().name(), Outcome.DONE, "password, LDAP"));
                return subject(found.get(), attempt.face(), attempt.from());
            }
            pause = throttle.failed(attempt.user(), attempt.from());
        }
        audit.record(attempt.event(
                attempt.user(),
                Outcome.REFUSED,
                "wrong name or password, or disabled" + outsiders.note() + told(pause)));
        throw new AccessException(Reason.UNAUTHENTICATED, REFUSED + outsiders.note());
    }

    /** Who tries to log in, and from where. */
    private record Attempt(String user, String face, String from) {
        Event event(String name, Outcome outcome, String detail) {
            return new Event(name, from, face, LOGIN, "", outcome, detail);
        }
    }

    private Subject subject(Outsider outsider, String face, String from) {
        Set<String> roles = directory.people().roles(outsider.groups());
        return new Subject(outsider.name(), roles, outsider.groups(), Set.of(), face, from);
    }

    @Override
    public Subject login(String token, String face, String from) throws AccessException {
        People people = directory.people();
        if (token.startsWith(SessionToken.PREFIX)) {
            return session(people, token, face, from);
        }
        OidcIssuer issuer = oidc;
        if (issuer != null && issuer.mayKnow(token)) {
            return subject(
                    outsiders
                            .check(issuer, people, token)
                            .orElseThrow(() -> unknownToken("no token of the OpenID provider that counts", face, from)),
                    face,
                    from);
        }
        Optional<ApiKeySpec> key = keys.find(people, token);
        Optional<UserSpec> user = key.flatMap(each -> people.active(each.user()));
        if (key.isEmpty() || user.isEmpty()) {
            throw unknownToken("unknown or expired key, or its user may not log in", face, from);
        }
        return subject(key.get().user(), user.get(), key.get().limits(), face, from);
    }

    private Subject session(People people, String text, String face, String from) throws AccessException {
        Optional<SessionToken> token = sessions.read(text);
        if (token.isEmpty()) {
            throw unknownToken("no session of this cluster", face, from);
        }
        String name = token.get().user();
        Set<String> groups = people.groups(Outsiders.groups(token.get().mark()));
        if (!groups.isEmpty()
                && Outsiders.areWelcome(ldap, oidc)
                && !people.users().containsKey(name)) {
            if (!sessions.use(token.get())) {
                throw ended(token.get(), face, from);
            }
            return subject(new Outsider(name, groups), face, from);
        }
        Optional<UserSpec> user =
                people.active(name).filter(each -> mark(each).equals(token.get().mark()));
        if (user.isEmpty() || !sessions.use(token.get())) {
            throw ended(token.get(), face, from);
        }
        return subject(name, user.get(), Set.of(), face, from);
    }

    @Override
    public Session open(Subject subject) throws AccessException {
        People people = directory.people();
        Optional<String> mark = people.active(subject.name()).map(ClusterLogin::mark);
        if (!people.users().containsKey(subject.name()) && !subject.groups().isEmpty()) {
            mark = Optional.of(Outsiders.mark(subject.groups()));
        }
        if (mark.isEmpty() || !subject.limits().isEmpty()) { // a session would have no limits
            throw new AccessException(Reason.UNAUTHENTICATED, REFUSED);
        }
        Session session = sessions.open(subject.name(), mark.get());
        audit.record(new Event(subject.name(), subject.from(), subject.face(), "open-session", "", Outcome.DONE, ""));
        return session;
    }

    @Override
    public void close(String token) {
        sessions.read(token).ifPresent(session -> {
            sessions.close(session);
            audit.record(new Event(session.user(), "", "", "close-session", "", Outcome.DONE, ""));
        });
    }

    /** Returns what changes with the password of a user, and tells nothing of it. */
    private static String mark(UserSpec user) {
        return user.password()
                .map(password -> Secrets.text(Secrets.sha256(password.salt())))
                .orElse("none");
    }

    private Subject subject(String name, UserSpec user, Set<String> limits, String face, String from) {
        return new Subject(name, directory.people().roles(user), limits, face, from);
    }

    /** Refuses a session that has ended, and notes that now and then: a page that is left open goes on asking. */
    private AccessException ended(SessionToken token, String face, String from) {
        if (tokens.pause(token.id()).isEmpty()) {
            tokens.failed(token.id());
            audit.record(new Event(token.user(), from, face, LOGIN, "", Outcome.REFUSED, "session has ended"));
        }
        return new AccessException(Reason.UNAUTHENTICATED, NO_TOKEN);
    }

    /** Notes a token that is none. Others of the same address count all the same: nobody guesses one, and looking is cheap. */
    private AccessException unknownToken(String why, String face, String from) {
        String network = LoginThrottle.network(from);
        Optional<Duration> before = tokens.pause(network);
        if (before.isPresent()) {
            return new AccessException("Too many tokens from this address did not count; wait", before.get());
        }
        Duration pause = tokens.failed(network);
        audit.record(new Event("", from, face, LOGIN, "", Outcome.REFUSED, why + told(pause)));
        return new AccessException(Reason.UNAUTHENTICATED, NO_TOKEN);
    }

    private static void refuseThrottled(Optional<Duration> pause) throws AccessException {
        if (pause.isPresent()) {
            throw new AccessException("Too many logins have failed; wait", pause.get());
        }
    }

    private static String told(Duration pause) {
        return pause.isZero() ? "" : "; further ones are not looked at for " + pause.toSeconds() + " s";
    }
}
