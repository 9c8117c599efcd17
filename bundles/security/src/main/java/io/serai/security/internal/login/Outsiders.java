package io.serai.security.internal.login;

import io.serai.security.internal.directory.Outsider;
import io.serai.security.internal.directory.People;
import io.serai.security.internal.ldap.LdapDirectory;
import io.serai.security.internal.oidc.OidcIssuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** People whom only another directory knows: they have no object, and the roles that have one of their groups. Thread-safe. */
final class Outsiders {
    private static final Logger LOG = LoggerFactory.getLogger(Outsiders.class);
    private static final String MARK = "groups~"; // no mark of a password has this sign

    private volatile boolean silent;

    /** Returns whether a password may be that of an outsider: nobody of that name is known here, even if disabled. */
    static boolean mayKnow(@Nullable LdapDirectory directory, People people, String user) {
        return directory != null && directory.isThere() && !people.users().containsKey(user);
    }

    /** Returns who it is; empty if the directory knows nobody with that password, does not answer, or gives no role. */
    Optional<Outsider> check(LdapDirectory directory, People people, String user, char[] password) {
        try {
            Optional<Outsider> found = directory.check(user, password);
            silent = false;
            return found.flatMap(outsider -> known(people, outsider));
        } catch (IOException e) {
            silent = true;
            LOG.warn("The directory could not be asked for a user: user={}, cause={}", printable(user), e.getMessage());
            return Optional.empty();
        }
    }

    /** Returns whose token of a provider it is; empty as for a password. */
    Optional<Outsider> check(OidcIssuer issuer, People people, String token) {
        try {
            return issuer.check(token).flatMap(outsider -> known(people, outsider));
        } catch (IOException e) {
            LOG.warn("The OpenID provider could not be asked for its keys: cause={}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Returns whether there is any other directory still. */
    static boolean areWelcome(@Nullable LdapDirectory directory, @Nullable OidcIssuer issuer) {
        return (directory != null && directory.isThere()) || (issuer != null && issuer.isThere());
    }

    /** Returns an outsider with the groups that count; empty if none does, or somebody here has that name. */
    static Optional<Outsider> known(People people, Outsider outsider) {
        Set<String> groups = people.groups(outsider.groups());
        if (people.users().containsKey(outsider.name()) || groups.isEmpty()) {
            LOG.info(
                    "Let somebody of another directory not in, who has no role by a group, or the name of somebody here: user={}",
                    outsider.name());
            return Optional.empty();
        }
        return Optional.of(new Outsider(outsider.name(), groups));
    }

    /** Returns what to add to every refusal while the directory does not answer. */
    String note() {
        return silent ? "; the directory of users does not answer at the moment" : "";
    }

    /** Returns what a session has of groups, in place of what changes with a password. */
    static String mark(Set<String> groups) {
        String text = String.join("\n", groups.stream().sorted().toList());
        return MARK + Secrets.text(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the groups of a mark; none if it is that of a password. */
    static Set<String> groups(String mark) {
        if (!mark.startsWith(MARK)) {
            return Set.of();
        }
        byte[] text = Base64.getUrlDecoder().decode(mark.substring(MARK.length()));
        return Set.copyOf(List.of(new String(text, StandardCharsets.UTF_8).split("\n")));
    }

    private static String printable(String text) {
        return text.length() > 63 || !text.matches("[\\p{L}\\p{N}._@+ -]*") ? "(not printable)" : text;
    }
}
