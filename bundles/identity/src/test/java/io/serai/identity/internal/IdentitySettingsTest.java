package io.serai.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.Reader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.Test;

public class IdentitySettingsTest {
    @Test
    public void namesPidKeyValueAndRangeOfWhatItRejects() {
        assertRejects(Map.of("directory", "identity"), "directory = 'identity'", "an absolute path");
        assertRejects(Map.of("node", "a/b"), "node = 'a/b'", "1 to 63 letters");
        assertRejects(Map.of("host", ""), "host = ''", "a host name or an IP address");
        assertRejects(Map.of("groups", "edge, a/b"), "groups = 'a/b'", "1 to 63 letters");
        assertRejects(Map.of("cluster.port", "x"), "cluster.port = 'x'", "a port from 1 to 65535");
        assertRejects(Map.of("admin.port", "65536"), "admin.port = '65536'", "a port from 1 to 65535");
        assertRejects(Map.of("certificate.validity.days", 0), "certificate.validity.days = '0'", "1 to 3650");
        assertRejects(Map.of("join.timeout.millis", 0L), "join.timeout.millis = '0'", "1 to 3600000");
    }

    @Test
    public void shippedConfigurationListsEveryKeyWithItsDefault() throws IOException {
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("../../karaf-config/etc/io.serai.identity.cfg"))) {
            shipped.load(reader);
        }
        TreeMap<String, String> declared = new TreeMap<>();
        for (Method key : IdentityConfig.class.getDeclaredMethods()) {
            declared.put(key.getName().replace('_', '.'), key.getDefaultValue() + "");
        }

        assertThat(shipped).containsExactlyInAnyOrderEntriesOf(declared);
    }

    private static void assertRejects(Map<String, Object> wrong, String... parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdentitySettings.of(new FixedConfig(wrong)))
                .withMessageContaining("Configuration io.serai.identity has ")
                .withMessageContainingAll(parts);
    }

    /** A configuration that is right, but for some values. */
    @SuppressWarnings({"ClassExplicitlyAnnotation", "ImmutableAnnotationChecker"})
    private record FixedConfig(Map<String, Object> wrong) implements IdentityConfig {
        @Override
        public String directory() {
            return value("directory", "/n/identity");
        }

        @Override
        public String node() {
            return value("node", "node1");
        }

        @Override
        public String host() {
            return value("host", "127.0.0.1");
        }

        @Override
        public String groups() {
            return value("groups", "");
        }

        @Override
        public String cluster_port() {
            return value("cluster.port", "8781");
        }

        @Override
        public String admin_port() {
            return value("admin.port", "8441");
        }

        @Override
        public int certificate_validity_days() {
            return value("certificate.validity.days", 365);
        }

        @Override
        public long join_timeout_millis() {
            return value("join.timeout.millis", 30_000L);
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return IdentityConfig.class;
        }

        @SuppressWarnings("unchecked")
        private <T> T value(String key, T right) {
            return (T) wrong.getOrDefault(key, right);
        }
    }
}
