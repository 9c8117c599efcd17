package io.serai.http.internal.channel;

import io.serai.api.access.ChannelGuard;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * In what a channel differs from what is usual.
 *
 * @param timeout how long a call may take; empty for the service's own limit
 * @param maxBytes the largest body; empty for the server's limit
 * @param accepts the media types a raw body may have; empty for any
 * @param cors which pages of other origins may call; empty for the server's policy
 * @param guard what decides who may call; empty if all may
 */
public record ChannelOptions(
        Optional<Duration> timeout,
        OptionalLong maxBytes,
        List<String> accepts,
        Optional<CorsPolicy> cors,
        Optional<ChannelGuard> guard) {
    /** As usual. */
    public static final ChannelOptions USUAL =
            new ChannelOptions(Optional.empty(), OptionalLong.empty(), List.of(), Optional.empty(), Optional.empty());

    public ChannelOptions {
        accepts = List.copyOf(accepts);
    }

    /** Returns the same, guarded. */
    ChannelOptions guardedBy(ChannelGuard other) {
        return new ChannelOptions(timeout, maxBytes, accepts, cors, Optional.of(other));
    }
}
