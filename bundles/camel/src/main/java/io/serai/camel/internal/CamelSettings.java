package io.serai.camel.internal;

import java.time.Duration;

/**
 * The checked configuration.
 *
 * @param shutdown how long a route that is stopped may go on with the exchanges it has begun
 */
record CamelSettings(Duration shutdown) {
    static final String PID = "io.serai.camel";

    private static final long MAX_SHUTDOWN_MILLIS = 600_000;

    static CamelSettings of(CamelConfig config) {
        long millis = config.shutdown_millis();
        if (millis < 1 || millis > MAX_SHUTDOWN_MILLIS) {
            throw new IllegalArgumentException("Configuration " + PID + ": shutdown.millis is " + millis
                    + "; give a number of milliseconds from 1 to " + MAX_SHUTDOWN_MILLIS);
        }
        return new CamelSettings(Duration.ofMillis(millis));
    }
}
