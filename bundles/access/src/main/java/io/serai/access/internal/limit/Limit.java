package io.serai.access.internal.limit;

import io.serai.access.internal.check.ClientNetwork;
import io.serai.access.internal.credential.KeySecrets;
import io.serai.api.access.Admission.Allowance;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A limit, and what is left of it for each of those that are counted for themselves. Thread-safe. */
public final class Limit {
    private static final int MAX_BUCKETS = 100_000;
    private static final String REST = "";

    private final LimitSpec spec;
    private final String policy;
    private final Consumer<Bucket> newcomers;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    /**
     * Makes a limit of which nothing is used.
     *
     * @param newcomers is told of each bucket before it counts
     */
    Limit(LimitSpec spec, Consumer<Bucket> newcomers) {
        this.spec = spec;
        this.newcomers = newcomers;
        this.policy = policy(spec);
    }

    private static String policy(LimitSpec spec) {
        String name = "\"" + spec.name() + "\"";
        String quota = spec.quota()
                .map(each -> name + ";q=" + each.requests() + ";w=" + (each.monthly() ? 2_678_400 : 86_400))
                .orElse("");
        return spec.rate()
                .map(rate ->
                        name + ";q=" + rate.requests() + ";w=" + rate.period().toSeconds())
                .orElse(quota);
    }

    /** Returns its name. */
    public String name() {
        return spec.name();
    }

    LimitSpec spec() {
        return spec;
    }

    Collection<Bucket> buckets() {
        return buckets.values();
    }

    /** Returns what is left for a request. Those beyond what can be counted share what is left for all of them. */
    public Bucketed of(String channel, String caller, InetAddress address, long now) {
        String key = key(channel, caller, address);
        Bucket bucket = buckets.get(key);
        if (bucket == null) {
            String place = buckets.size() < MAX_BUCKETS ? key : REST;
            bucket = buckets.computeIfAbsent(place, each -> make(each, now));
        }
        return new Bucketed(this, bucket);
    }

    private Bucket make(String key, long now) {
        byte[] hash = KeySecrets.sha256((spec.name() + "\n" + key).getBytes(StandardCharsets.UTF_8));
        Bucket bucket = new Bucket(ByteBuffer.wrap(hash).getLong(), spec, now);
        newcomers.accept(bucket);
        return bucket;
    }

    private String key(String channel, String caller, InetAddress address) {
        boolean byCaller = spec.by().contains(LimitSpec.CALLER);
        boolean byAddress = spec.by().contains(LimitSpec.ADDRESS) || (byCaller && caller.isEmpty());
        boolean byChannel = spec.by().contains(LimitSpec.CHANNEL);
        if (byCaller && !byAddress && !byChannel) {
            return caller;
        }
        return (byCaller ? caller : "") + "\n" + (byChannel ? channel : "") + "\n"
                + (byAddress ? ClientNetwork.of(address) : "");
    }

    /** Forgets those of whose rate nothing is used, and tells of each. */
    void sweep(long now, Consumer<Bucket> goes) {
        buckets.values().removeIf(bucket -> {
            boolean full = bucket.isFull(now);
            if (full) {
                goes.accept(bucket);
            }
            return full;
        });
    }

    /** What is left of a limit for a request. */
    public record Bucketed(Limit limit, Bucket bucket) {
        /** Lets the request pass, if it may. */
        public boolean take(long now) {
            return bucket.take(now);
        }

        /** Takes back that it passed. */
        public void giveBack() {
            bucket.giveBack();
        }

        /** Returns how many may still pass. */
        public long remaining(long now) {
            return bucket.remaining(now);
        }

        /** Returns what is left, as clients are told. */
        public Allowance allowance(long now) {
            long reset = limit.spec.rate().isEmpty() || bucket.isQuotaUsedUp()
                    ? secondsToWindow()
                    : bucket.secondsToFull(now);
            return new Allowance(limit.policy, limit.name(), bucket.remaining(now), reset);
        }

        /** Returns how many seconds the next one has to wait. */
        public long pauseSeconds(long now) {
            return bucket.isQuotaUsedUp()
                    ? secondsToWindow()
                    : Math.max(1, (bucket.pause(now) + 999_999_999) / 1_000_000_000);
        }

        private long secondsToWindow() {
            ZonedDateTime time = ZonedDateTime.now(ZoneOffset.UTC);
            boolean monthly = limit.spec.quota().orElseThrow().monthly();
            ZonedDateTime day = time.truncatedTo(ChronoUnit.DAYS);
            ZonedDateTime next = monthly ? day.withDayOfMonth(1).plusMonths(1) : day.plusDays(1);
            return Math.max(1, ChronoUnit.SECONDS.between(time, next));
        }
    }
}
