package io.serai.secrets.internal.certificate;

import io.serai.api.cluster.ClusterMap;
import io.serai.api.cluster.ClusterMaps;
import io.serai.api.state.StatePath;
import io.serai.secrets.internal.acme.AcmeSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The orders of certificates that failed, on whichever node, until one is fulfilled. */
@Component(service = OrderLog.class)
public final class OrderLog {
    private static final Duration LIFE = Duration.ofDays(2);
    private static final Duration FIRST = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 6;

    private final ClusterMap failures;

    /** Begins with those of the other nodes. */
    @Activate
    public OrderLog(@Reference ClusterMaps maps) {
        this.failures = maps.map("io.serai.secrets.acme.failures");
    }

    /**
     * Why there is no certificate, or no new one.
     *
     * @param attempts how often it was tried
     * @param next when it is tried again
     * @param cause what the authority said
     */
    record Failure(int attempts, Instant next, String cause) {
        @Override
        public String toString() {
            return cause + "; it was tried " + attempts + " times, and will be at " + next
                    + ", or with: serai certificate renew";
        }
    }

    /** Returns what the last order came to; empty if it was fulfilled, or was for something else. */
    Optional<Failure> failure(StatePath path, AcmeSpec spec) {
        return failures.get(path.value()).flatMap(bytes -> {
            List<String> lines =
                    new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return lines.get(0).equals(fingerprint(spec))
                    ? Optional.of(
                            new Failure(Integer.parseInt(lines.get(1)), Instant.parse(lines.get(2)), lines.get(3)))
                    : Optional.empty();
        });
    }

    /** Remembers that an order failed; the pause before the next one grows from 5 minutes to 5 hours. */
    void failed(StatePath path, AcmeSpec spec, String cause, Instant now) {
        int attempts = failure(path, spec).map(Failure::attempts).orElse(0) + 1;
        Instant next = now.plus(FIRST.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS)));
        String line = cause.replaceAll("\\s+", " ");
        String text = String.join("\n", fingerprint(spec), Integer.toString(attempts), next.toString(), line);
        failures.put(path.value(), text.getBytes(StandardCharsets.UTF_8), LIFE);
    }

    /** Forgets failures. */
    void fulfilled(StatePath path) {
        failures.remove(path.value());
    }

    /** Tells specs apart; the hash of texts and lists is the same on all nodes. */
    private static String fingerprint(AcmeSpec spec) {
        return Integer.toHexString(spec.toString().hashCode());
    }
}
