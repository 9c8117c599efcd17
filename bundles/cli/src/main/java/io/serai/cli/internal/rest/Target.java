package io.serai.cli.internal.rest;

import java.net.URI;

/**
 * Which cluster, and as whom.
 *
 * @param url of the administration of a node
 * @param token what proves who asks; empty for nobody
 * @param authority certificates that the cluster's must be signed by, as PEM; empty for those that Java trusts
 */
public record Target(URI url, String token, String authority) {
    /** Says nothing of the token. */
    @Override
    public String toString() {
        return url.toString();
    }
}
