package io.serai.security.internal;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.Map;

/** A configuration with cheap hashes, but for some values. */
@SuppressWarnings({"ClassExplicitlyAnnotation", "ImmutableAnnotationChecker"})
public record FixedConfig(Path home, Map<String, Object> other) implements SecurityConfig {
    @Override
    public String node() {
        return value("node", "node1");
    }

    @Override
    public String audit_directory() {
        return value("audit.directory", home.resolve("audit").toString());
    }

    @Override
    public long audit_file_max_bytes() {
        return value("audit.file.max.bytes", 65_536L);
    }

    @Override
    public String session_file() {
        return value("session.file", home.resolve("sessions").toString());
    }

    @Override
    public String first_admin_file() {
        return value("first.admin.file", home.resolve("first-admin").toString());
    }

    @Override
    public String reset_admin_file() {
        return value("reset.admin.file", home.resolve("reset-admin").toString());
    }

    @Override
    public int password_memory_kib() {
        return value("password.memory.kib", 7_168);
    }

    @Override
    public int password_iterations_count() {
        return value("password.iterations.count", 1);
    }

    @Override
    public int password_lanes_count() {
        return value("password.lanes.count", 1);
    }

    @Override
    public long session_idle_millis() {
        return value("session.idle.millis", 1_800_000L);
    }

    @Override
    public long session_lifetime_millis() {
        return value("session.lifetime.millis", 43_200_000L);
    }

    @Override
    public int session_user_max_count() {
        return value("session.user.max.count", 3);
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return SecurityConfig.class;
    }

    @SuppressWarnings("unchecked") // of the type of the other one
    private <T> T value(String key, T usual) {
        return (T) other.getOrDefault(key, usual);
    }
}
