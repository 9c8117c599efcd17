package io.serai.runtime.internal.invocation;

/**
 * The checked configuration.
 *
 * @param networkConcurrent how many calls of services that wait for others run at a time
 * @param queue how many calls of each workload wait
 * @param drainMillis how long calls of a service that goes may go on
 */
record RuntimeSettings(int networkConcurrent, int queue, long drainMillis) {
    static final String PID = "io.serai.runtime";

    private static final int MAX_CONCURRENT = 100_000;
    private static final int MAX_QUEUE = 1_000_000;
    private static final long MAX_DRAIN_MILLIS = 3_600_000;

    RuntimeSettings {
        check("network.concurrent.count", networkConcurrent, 1, MAX_CONCURRENT);
        check("queue.count", queue, 0, MAX_QUEUE);
        check("drain.millis", drainMillis, 0, MAX_DRAIN_MILLIS);
    }

    static RuntimeSettings of(RuntimeConfig config) {
        return new RuntimeSettings(config.network_concurrent_count(), config.queue_count(), config.drain_millis());
    }

    private static void check(String key, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("Configuration " + PID + ": " + key + " is " + value
                    + "; give a number from " + min + " to " + max);
        }
    }
}
