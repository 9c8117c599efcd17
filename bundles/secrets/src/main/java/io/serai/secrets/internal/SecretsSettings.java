package io.serai.secrets.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The checked configuration.
 *
 * @param folders whose files may be referred to
 * @param environment what variables begin with that may be referred to
 * @param vault how Vault is asked
 * @param refresh how often files are read again
 * @param keyRetention how long keys stay that have been replaced
 */
public record SecretsSettings(
        List<Path> folders, List<String> environment, Vault vault, Duration refresh, Duration keyRetention) {
    /** The PID. */
    public static final String PID = "io.serai.secrets";

    private static final long MAX_TIMEOUT_MILLIS = 60_000;
    private static final long MAX_CACHE_MILLIS = Duration.ofDays(1).toMillis();
    private static final long MIN_MILLIS = 100;
    private static final long MAX_DAYS = 3_650;

    /** Copies. */
    public SecretsSettings {
        folders = List.copyOf(folders);
        environment = List.copyOf(environment);
    }

    /**
     * How Vault is asked.
     *
     * @param authorities file of the certificates of those who certify it; empty for those that Java trusts
     * @param timeout how long a request may take
     * @param cache after how long a value is read again
     */
    public record Vault(Optional<Path> authorities, Duration timeout, Duration cache) {}

    /** Checks what a configuration says. */
    public static SecretsSettings of(SecretsConfig config) {
        String authorities = config.vault_authorities_file().strip();
        return new SecretsSettings(
                items(config.files_folders())
                        .map(item -> path("files.folders", item))
                        .toList(),
                items(config.environment_prefixes()).toList(),
                new Vault(
                        authorities.isEmpty()
                                ? Optional.empty()
                                : Optional.of(path("vault.authorities.file", authorities)),
                        millis("vault.timeout.millis", config.vault_timeout_millis(), MAX_TIMEOUT_MILLIS),
                        millis("vault.cache.millis", config.vault_cache_millis(), MAX_CACHE_MILLIS)),
                millis("refresh.millis", config.refresh_millis(), MAX_CACHE_MILLIS),
                Duration.ofDays(within("key.retention.days", config.key_retention_days(), 1, MAX_DAYS)));
    }

    private static Stream<String> items(String list) {
        return Stream.of(list.split(",", -1)).map(String::strip).filter(item -> !item.isEmpty());
    }

    private static Path path(String key, String value) {
        try {
            Path path = Path.of(value);
            if (path.isAbsolute()) {
                return path.normalize();
            }
        } catch (InvalidPathException e) {
            throw invalid(key, value, "an absolute path");
        }
        throw invalid(key, value, "an absolute path");
    }

    private static Duration millis(String key, long value, long most) {
        return Duration.ofMillis(within(key, value, MIN_MILLIS, most));
    }

    private static long within(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw invalid(key, value, least + " to " + most);
        }
        return value;
    }

    private static IllegalArgumentException invalid(String key, Object value, String allowed) {
        return new IllegalArgumentException(
                "Configuration " + PID + " has " + key + " = '" + value + "'; allowed is " + allowed);
    }
}
