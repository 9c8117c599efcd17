package io.serai.http.internal.exchange;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Gives each request the id that follows it: the client's, if it sent a good one, otherwise one that no other has. */
final class CorrelationIds {
    private static final int MAX_LENGTH = 128;
    private static final int PREFIX_BITS = 40;
    private static final int RADIX = 32;

    // Drawn once: enough to tell nodes and restarts apart, where a random id for each request would cost more than the
    // rest of the request's handling.
    private final String prefix = Long.toString(new SecureRandom().nextLong() >>> (64 - PREFIX_BITS), RADIX) + "-";
    private final AtomicLong next = new AtomicLong();

    String of(@Nullable String sent) {
        return sent != null && isWellFormed(sent) ? sent : prefix + Long.toString(next.getAndIncrement(), RADIX);
    }

    private static boolean isWellFormed(String id) {
        if (id.isEmpty() || id.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }
}
