package io.serai.benchmarks.http.load;

/** How long requests took, in buckets of two microseconds. */
final class Times {
    private static final int BUCKET_NANOS = 2_000;
    private static final int BUCKETS = 500_000;

    private final int[] counts = new int[BUCKETS];
    private long count;
    private long nanos;
    private long cpuNanos;

    void add(long took) {
        counts[(int) Math.min(BUCKETS - 1, took / BUCKET_NANOS)]++;
        count++;
    }

    void lasted(long measuredNanos) {
        nanos = measuredNanos;
    }

    void usedCpu(long serverNanos) {
        cpuNanos = serverNanos;
    }

    /** Returns how long the server computed for a request, in microseconds; what else runs on the machine counts less here. */
    double cpuMicros() {
        return cpuNanos / 1e3 / count;
    }

    double perSecond() {
        return count * 1e9 / nanos;
    }

    /** Returns the time, in microseconds, that this share of the requests stayed under. */
    double quantile(double share) {
        long rank = (long) Math.ceil(count * share);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return (i + 1) * (BUCKET_NANOS / 1e3);
            }
        }
        return Double.NaN;
    }
}
