package io.serai.api.access;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Who may call a channel, and how often.
 *
 * @param channel the name of the channel
 * @param credentials the names of credentials that may
 * @param groups the groups whose credentials may; if there are no credentials and no groups, everybody may
 * @param addresses from which it may be called; empty for everywhere
 * @param limits the names of rate limits
 */
public record ChannelRules(
        String channel,
        Set<String> credentials,
        Set<String> groups,
        List<AddressRange> addresses,
        List<String> limits) {
    /** Copies the collections. */
    public ChannelRules {
        Objects.requireNonNull(channel, "channel");
        credentials = Set.copyOf(credentials);
        groups = Set.copyOf(groups);
        addresses = List.copyOf(addresses);
        limits = List.copyOf(limits);
    }

    /** Returns whether somebody must say who it is. */
    public boolean demandsCredential() {
        return !credentials.isEmpty() || !groups.isEmpty();
    }

    /** Returns whether nothing is demanded, and nothing counted. */
    public boolean isOpen() {
        return !demandsCredential() && addresses.isEmpty() && limits.isEmpty();
    }
}
