package io.serai.access.internal.limit;

import io.serai.access.internal.limit.LimitSpec.Quota;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The day and the month it is, by UTC, as numbers.
 *
 * @param day days since the epoch
 * @param month months since the year 0
 */
record Windows(long day, long month) {
    private static final int MONTHS = 12;

    static Windows now(Clock clock) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return new Windows(today.toEpochDay(), (long) today.getYear() * MONTHS + today.getMonthValue());
    }

    /** Returns the window of a limit; 0 if it has no quota. */
    long of(LimitSpec spec) {
        return spec.quota().map(this::of).orElse(0L);
    }

    private long of(Quota quota) {
        return quota.monthly() ? month : day;
    }

    /** Returns whether a number is of a window that is not over. */
    boolean isNow(long window) {
        return window == day || window == month;
    }
}
