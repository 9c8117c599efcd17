package io.serai.security.internal.ldap;

import com.unboundid.ldap.sdk.BindResult;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import io.serai.security.internal.directory.Outsider;
import io.serai.security.internal.directory.UserSpec;
import io.serai.security.internal.ldap.LdapSettings.Lookup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Looks people up in a directory, and binds with their password; then asks for their groups. Thread-safe; blocks for as long as
 * the settings say.
 */
@Component(
        service = LdapDirectory.class,
        configurationPid = LdapSettings.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = LdapConfig.class)
public final class LdapDirectory {
    private static final int MAX_GROUPS = 1_000;
    private static final int MAX_NAME = 256;

    private final LdapSettings settings;
    private final Semaphore logins;
    private final @Nullable LDAPConnectionPool pool;

    /** Connects to nobody yet. */
    @Activate
    public LdapDirectory(LdapConfig config) {
        this.settings = LdapSettings.of(config);
        this.logins = new Semaphore(settings.limits().connections());
        this.pool = settings.servers().isEmpty() ? null : LdapConnections.pool(settings);
    }

    @Deactivate
    void close() {
        if (pool != null) {
            pool.close();
        }
    }

    /** Returns whether there is a directory at all. */
    public boolean isThere() {
        return pool != null;
    }

    /**
     * Returns whose name and password these are; empty if nobody's. A password that is empty is nobody's: to bind with it would
     * be to bind as nobody (RFC 4513, 5.1.2).
     *
     * @throws IOException if no server answers, or too many ask at a time
     */
    public Optional<Outsider> check(String user, char[] password) throws IOException {
        LDAPConnectionPool servers = pool;
        if (servers == null || password.length == 0 || user.isEmpty() || user.length() > MAX_NAME) {
            return Optional.empty();
        }
        if (!logins.tryAcquire()) {
            throw new IOException("too many logins wait for the directory");
        }
        try {
            Optional<SearchResultEntry> entry = find(servers, user);
            return entry.isPresent() && binds(servers, entry.get(), password)
                    ? outsider(servers, entry.get())
                    : Optional.empty();
        } catch (LDAPException e) {
            throw new IOException(e.getResultCode() + ": " + e.getMessage(), e);
        } finally {
            logins.release();
        }
    }

    private Optional<SearchResultEntry> find(LDAPConnectionPool servers, String user) throws LDAPException {
        Lookup lookup = settings.users();
        SearchRequest request = request(lookup, "{user}", user, 2);
        try {
            List<SearchResultEntry> found = servers.search(request).getSearchEntries();
            return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty(); // of two it is neither
        } catch (LDAPSearchException e) {
            if (e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private SearchRequest request(Lookup lookup, String variable, String value, int limit) throws LDAPException {
        Filter filter = Filter.create(lookup.filter().replace(variable, Filter.encodeValue(value)));
        SearchRequest request = new SearchRequest(lookup.base(), SearchScope.SUB, filter, lookup.attribute());
        request.setSizeLimit(limit);
        request.setTimeLimitSeconds(1 + settings.limits().answerMillis() / 1_000);
        return request;
    }

    private static boolean binds(LDAPConnectionPool servers, SearchResultEntry entry, char[] password)
            throws LDAPException {
        byte[] bytes = new String(password).getBytes(StandardCharsets.UTF_8);
        try {
            BindResult result = servers.bindAndRevertAuthentication(new SimpleBindRequest(entry.getDN(), bytes));
            return result.getResultCode().equals(ResultCode.SUCCESS);
        } catch (LDAPException e) {
            if (e.getResultCode().isConnectionUsable()) { // wrong, expired, locked: the server's word, and no failure
                return false;
            }
            throw e;
        }
    }

    /** Returns who it is, by the name that the directory has: people may be found by what is written in another way. */
    private Optional<Outsider> outsider(LDAPConnectionPool servers, SearchResultEntry entry) throws LDAPException {
        String name = entry.getAttributeValue(settings.users().attribute());
        return name == null || !UserSpec.isName(name)
                ? Optional.empty()
                : Optional.of(new Outsider(name, groups(servers, entry.getDN())));
    }

    private Set<String> groups(LDAPConnectionPool servers, String user) throws LDAPException {
        Set<String> names = new TreeSet<>();
        Set<String> seen = new HashSet<>(Set.of(user));
        Set<String> next = Set.of(user);
        Lookup lookup = settings.groups().lookup();
        for (int depth = 0; depth <= settings.groups().depth() && !lookup.base().isEmpty(); depth++) {
            Set<String> found = new TreeSet<>();
            for (String member : next) {
                for (SearchResultEntry group : servers.search(request(lookup, "{dn}", member, MAX_GROUPS))
                        .getSearchEntries()) {
                    Optional.ofNullable(group.getAttributeValue(lookup.attribute()))
                            .ifPresent(names::add);
                    if (seen.size() < MAX_GROUPS && seen.add(group.getDN())) {
                        found.add(group.getDN());
                    }
                }
            }
            next = found;
        }
        return names;
    }
}
