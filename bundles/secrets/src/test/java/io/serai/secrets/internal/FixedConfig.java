package io.serai.secrets.internal;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.Map;

/** A configuration for a folder, but for some values. */
@SuppressWarnings({"ClassExplicitlyAnnotation", "ImmutableAnnotationChecker"})
public record FixedConfig(Path home, Map<String, Object> other) implements SecretsConfig {
    @Override
    public String files_folders() {
        return value("files.folders", home.resolve("secrets").toString());
    }

    @Override
    public String environment_prefixes() {
        return value("environment.prefixes", "SERAI_SECRET_");
    }

    @Override
    public String vault_authorities_file() {
        return value("vault.authorities.file", "");
    }

    @Override
    public long vault_timeout_millis() {
        return value("vault.timeout.millis", 5_000L);
    }

    @Override
    public long vault_cache_millis() {
        return value("vault.cache.millis", 300_000L);
    }

    @Override
    public long refresh_millis() {
        return value("refresh.millis", 10_000L);
    }

    @Override
    public int key_retention_days() {
        return value("key.retention.days", 30);
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return SecretsConfig.class;
    }

    @SuppressWarnings("unchecked") // of the type of the other one
    private <T> T value(String key, T usual) {
        return (T) other.getOrDefault(key, usual);
    }
}
