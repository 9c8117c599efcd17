package io.serai.api.service;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls, as the channel established it; never what a client merely claims.
 *
 * @param channel what the call came through: {@code rest}, {@code shell}, {@code route}, {@code service}
 * @param address the peer's address and port as the channel saw it; of a client behind a trusted proxy the address only; empty
 *     if the call came from within the node
 * @param user the authenticated user; of a channel that demands credentials the name of the caller's, with a slash and the
 *     subject after it where many have the same; empty if the channel demands none
 * @param roles the roles of that user; of a caller with a credential its groups
 */
public record Caller(String channel, Optional<String> address, Optional<String> user, Set<String> roles) {
    public Caller {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(user, "user");
        roles = Set.copyOf(roles);
    }

    /** Returns a caller within the node, without user. */
    public static Caller internal(String channel) {
        return new Caller(channel, Optional.empty(), Optional.empty(), Set.of());
    }
}
