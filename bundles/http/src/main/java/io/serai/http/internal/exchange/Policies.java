package io.serai.http.internal.exchange;

import io.serai.api.access.AddressRange;
import io.serai.http.internal.channel.CorsPolicy;
import java.util.List;

/**
 * What holds for all requests to a server.
 *
 * @param limits how much of a body is taken
 * @param cors which pages of other origins may call channels that do not say so themselves
 * @param proxies which peers are trusted to say for whom they call
 */
public record Policies(BodyLimits limits, CorsPolicy cors, List<AddressRange> proxies) {
    /** Copies the list. */
    public Policies {
        proxies = List.copyOf(proxies);
    }
}
