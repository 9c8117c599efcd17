package io.serai.security.internal.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The checked configuration.
 *
 * @param servers in the order in which they are asked; empty if there is no directory
 * @param trust the file with the authorities; empty for those of Java
 * @param searcher who searches
 * @param users how people are found
 * @param groups how groups are found
 * @param limits how long things may take
 */
record LdapSettings(
        List<Server> servers, Optional<Path> trust, Searcher searcher, Lookup users, Groups groups, Limits limits) {
    static final String PID = "io.serai.security.ldap";

    private static final String LDAPS = "ldaps";
    private static final int MAX_MILLIS = 60_000;
    private static final int MAX_CONNECTIONS = 100;
    private static final int MAX_DEPTH = 10;
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");

    /** A server, and how connections to it are protected. */
    record Server(String host, int port, Protection protection) {}

    /** How connections are protected. */
    enum Protection {
        /** By TLS from the beginning. */
        TLS,
        /** By TLS before anything else is said. */
        START_TLS,
        /** Not at all, on loopback. */
        NONE
    }

    /** Who searches; anonymous if the name is empty. */
    record Searcher(String dn, String password) {
        /** Keeps the password out of logs. */
        @Override
        public String toString() {
            return dn;
        }
    }

    /** How something is found: where, by which filter, and which attribute is its name. */
    record Lookup(String base, String filter, String attribute) {}

    /** How groups are found, and how deep. */
    record Groups(Lookup lookup, int depth) {}

    /** How long things may take, and how many there may be at a time. */
    record Limits(int connectMillis, int answerMillis, int connections) {}

    LdapSettings {
        servers = List.copyOf(servers);
    }

    static LdapSettings of(LdapConfig config) {
        List<Server> servers = new ArrayList<>();
        for (String url : config.url().split(",", -1)) {
            if (!url.isBlank()) {
                servers.add(server(url.strip(), config.start_tls()));
            }
        }
        Lookup users = new Lookup(
                dn("user.base.dn", config.user_base_dn()),
                filter("user.filter", config.user_filter(), "{user}"),
                text("user.name.attribute", config.user_name_attribute()));
        require(servers.isEmpty() || !users.base().isEmpty(), "user.base.dn", "", "a name such as ou=people,dc=acme");
        Lookup groups = new Lookup(
                dn("group.base.dn", config.group_base_dn()),
                filter("group.filter", config.group_filter(), "{dn}"),
                text("group.name.attribute", config.group_name_attribute()));
        Searcher searcher = new Searcher(dn("bind.dn", config.bind_dn()), config._bind_password());
        // RFC 4513, 5.1.2: a name without password binds as nobody, and seems to succeed
        require(
                searcher.dn().isEmpty() || !searcher.password().isEmpty(),
                ".bind.password",
                "",
                "the password of bind.dn");
        return new LdapSettings(
                servers,
                trust(config.trust_file().strip()),
                searcher,
                users,
                new Groups(groups, within("group.depth.count", config.group_depth_count(), 0, MAX_DEPTH)),
                new Limits(
                        within("connect.timeout.millis", config.connect_timeout_millis(), 100, MAX_MILLIS),
                        within("answer.timeout.millis", config.answer_timeout_millis(), 100, MAX_MILLIS),
                        within("connection.max.count", config.connection_max_count(), 1, MAX_CONNECTIONS)));
    }

    private static Server server(String text, boolean startTls) {
        try {
            LDAPURL url = new LDAPURL(text);
            boolean plain = !url.getScheme().equals(LDAPS);
            require(
                    url.hostProvided() && (!plain || startTls || LOOPBACK.contains(url.getHost())),
                    plain && url.hostProvided() ? "start.tls" : "url",
                    plain && url.hostProvided() ? startTls : text,
                    plain && url.hostProvided()
                            ? "true for " + text + ": passwords are not sent in clear but on loopback"
                            : "ldaps://host:port or ldap://host:port");
            Protection clear = startTls ? Protection.START_TLS : Protection.NONE;
            return new Server(url.getHost(), url.getPort(), plain ? clear : Protection.TLS);
        } catch (LDAPException e) {
            throw invalid("url", text, "ldaps://host:port or ldap://host:port, with commas between");
        }
    }

    private static Optional<Path> trust(String value) {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        require(Files.isRegularFile(Path.of(value)), "trust.file", value, "a PEM file that is there, or nothing");
        return Optional.of(Path.of(value));
    }

    private static String dn(String key, String value) {
        require(DN.isValidDN(value), key, value, "a distinguished name such as ou=people,dc=acme");
        return value;
    }

    private static String filter(String key, String value, String variable) {
        try {
            Filter.create(value.replace(variable, "x"));
            require(value.contains(variable), key, value, "a filter of LDAP with " + variable);
            return value;
        } catch (LDAPException e) {
            throw invalid(key, value, "a filter of LDAP with " + variable);
        }
    }

    private static String text(String key, String value) {
        require(value.matches("[A-Za-z][A-Za-z0-9-]{0,63}"), key, value, "the name of an attribute");
        return value;
    }

    private static int within(String key, int value, int least, int most) {
        require(value >= least && value <= most, key, value, least + " to " + most);
        return value;
    }

    private static void require(boolean valid, String key, Object value, String allowed) {
        if (!valid) {
            throw invalid(key, value, allowed);
        }
    }

    private static IllegalArgumentException invalid(String key, Object value, String allowed) {
        return new IllegalArgumentException(
                "Configuration " + PID + " has " + key + " = '" + value + "'; allowed is " + allowed);
    }
}
