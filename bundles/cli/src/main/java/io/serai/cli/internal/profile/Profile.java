package io.serai.cli.internal.profile;

import java.net.URI;

/**
 * A cluster, and who is logged in there.
 *
 * @param url of the administration of a node
 * @param user who is logged in
 * @param token of the session; empty after a log-out
 * @param expires until when the session is valid, as RFC 3339 has it
 * @param authority certificate of the cluster's authority, as PEM; empty for those that Java trusts
 */
public record Profile(URI url, String user, String token, String expires, String authority) {
    /** Returns the same without a session. */
    public Profile loggedOut() {
        return new Profile(url, user, "", "", authority);
    }
}
