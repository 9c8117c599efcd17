package io.serai.state.internal;

import java.time.Duration;

/**
 * What compaction keeps of the history, and when it happens by itself.
 *
 * @param age what the state had within this time is kept
 * @param versions how many versions are kept of a file that the head has
 * @param interval how long to wait between two compactions; zero for none
 */
record Retention(Duration age, int versions, Duration interval) {
    private static final int MAX_DAYS = 36_500;
    private static final int MAX_VERSIONS = 1_000_000;
    private static final int MAX_HOURS = 8_760;

    /** Checks what a configuration says. */
    static Retention of(int days, int versions, int hours) {
        require("retention.days", days, 1, MAX_DAYS);
        require("retention.version.count", versions, 1, MAX_VERSIONS);
        require("compaction.interval.hours", hours, 0, MAX_HOURS);
        return new Retention(Duration.ofDays(days), versions, Duration.ofHours(hours));
    }

    private static void require(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw StateSettings.invalid(key, Integer.toString(value), least + " to " + most);
        }
    }
}
