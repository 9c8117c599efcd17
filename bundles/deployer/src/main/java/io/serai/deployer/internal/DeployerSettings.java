package io.serai.deployer.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The validated configuration.
 *
 * @param directory the folder whose files are deployed
 * @param scanInterval time between two complete looks at the folder
 * @param settle how long a file that looks cut off must stay unchanged until it is taken
 * @param startTimeout how long a bundle may take to start
 */
record DeployerSettings(Path directory, Duration scanInterval, Duration settle, Duration startTimeout) {
    static final String PID = "io.serai.deployer";

    private static final long LEAST_MILLIS = 1_000;
    private static final long MOST_MILLIS = 3_600_000;

    static DeployerSettings of(DeployerConfig config, Path nodeDirectory) {
        return new DeployerSettings(
                directory(config.directory(), nodeDirectory),
                millis("scan.interval.millis", config.scan_interval_millis()),
                millis("settle.millis", config.settle_millis()),
                millis("start.timeout.millis", config.start_timeout_millis()));
    }

    static Path directory(String value, Path nodeDirectory) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    "Configuration " + PID + " has directory='" + value + "'; give the path of a folder");
        }
        try {
            return nodeDirectory.resolve(value).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "Configuration " + PID + " has directory='" + value + "'; give the path of a folder", e);
        }
    }

    static Duration millis(String key, long value) {
        if (value < LEAST_MILLIS || value > MOST_MILLIS) {
            throw new IllegalArgumentException("Configuration " + PID + " has " + key + "=" + value + "; allowed is "
                    + LEAST_MILLIS + " to " + MOST_MILLIS);
        }
        return Duration.ofMillis(value);
    }
}
