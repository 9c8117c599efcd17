package io.serai.identity.internal.join;

import java.util.UUID;

/**
 * What a node sends that wants to be let in.
 *
 * @param version of this form
 * @param token the id of its token
 * @param secret that of the token
 * @param id the id of the node
 * @param name what it wants to be called
 * @param host where others reach it
 * @param clusterPort where they talk to it
 * @param adminPort where people do
 * @param request a certificate request, PEM
 */
public record JoinRequest(
        int version,
        String token,
        String secret,
        UUID id,
        String name,
        String host,
        int clusterPort,
        int adminPort,
        String request) {
    /** The only version there is. */
    public static final int VERSION = 1;

    @Override
    public String toString() {
        return "JoinRequest[" + id + "]";
    }
}
