package io.serai.api.access;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What was decided about a request.
 *
 * @param caller who calls; empty if the channel does not ask
 * @param refusal why it may not pass; empty if it may
 * @param allowance what is left of the limit that is nearest to its end; empty if none counts
 */
public record Admission(Optional<Identity> caller, Optional<Refusal> refusal, Optional<Allowance> allowance) {
    /** Anybody may pass. */
    public static final Admission ANYBODY = new Admission(Optional.empty(), Optional.empty(), Optional.empty());

    /** Checks that all is there. */
    public Admission {
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(refusal, "refusal");
        Objects.requireNonNull(allowance, "allowance");
    }

    /**
     * Somebody whose credential was right.
     *
     * @param name the name of the credential; of those that many have, such as tokens of one issuer, with a slash and the
     *     subject after it
     * @param groups the groups of the credential
     */
    public record Identity(String name, Set<String> groups) {
        /** Copies the set. */
        public Identity {
            Objects.requireNonNull(name, "name");
            groups = Set.copyOf(groups);
        }
    }

    /** Why a request may not pass. */
    public enum Reason {
        /** It is not known who calls: nothing was shown, or nothing that counts. Which of them is not said. */
        UNAUTHENTICATED,
        /** The caller, or the address, may not use this channel. */
        FORBIDDEN,
        /** A limit is reached, or too many attempts from the address have failed. */
        TOO_MANY,
        /** It cannot be decided now; later it can. */
        UNAVAILABLE
    }

    /**
     * A refusal.
     *
     * @param reason why
     * @param message what the client may be told
     * @param challenges how it can say who it is: the values of WWW-Authenticate (RFC 9110, section 11.6.1)
     * @param retryAfter when another attempt makes sense; empty if time does not help
     */
    public record Refusal(Reason reason, String message, List<String> challenges, Optional<Duration> retryAfter) {
        /** Copies the list. */
        public Refusal {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(message, "message");
            challenges = List.copyOf(challenges);
            Objects.requireNonNull(retryAfter, "retryAfter");
        }
    }

    /**
     * What is left of a limit.
     *
     * @param policy the limit as RateLimit-Policy says it (draft-ietf-httpapi-ratelimit-headers): {@code "gold";q=100;w=60}
     * @param name the name of the limit; letters, digits, dots, hyphens and underscores
     * @param remaining how many requests may still pass now
     * @param resetSeconds after how many seconds there will be all of them again
     */
    public record Allowance(String policy, String name, long remaining, long resetSeconds) {
        /** Checks that all is there. */
        public Allowance {
            Objects.requireNonNull(policy, "policy");
            Objects.requireNonNull(name, "name");
        }
    }
}
