package io.serai.security.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.Test;

public class SecuritySettingsTest {
    @Test
    public void namesPidKeyValueAndRangeOfWhatItRejects() {
        assertRejects(Map.of("node", " "), "node = ''", "a name");
        assertRejects(Map.of("audit.directory", "audit"), "audit.directory = 'audit'", "an absolute path");
        assertRejects(Map.of("audit.file.max.bytes", 1L), "audit.file.max.bytes = '1'", "65536 to 1073741824");
        assertRejects(Map.of("first.admin.file", "x"), "first.admin.file = 'x'", "an absolute path");
        assertRejects(Map.of("reset.admin.file", "x"), "reset.admin.file = 'x'", "an absolute path");
        assertRejects(Map.of("password.memory.kib", 8), "password.memory.kib = '8'", "7168 to 65536");
        assertRejects(Map.of("password.iterations.count", 0), "password.iterations.count = '0'", "1 to 20");
        assertRejects(Map.of("password.lanes.count", 9), "password.lanes.count = '9'", "1 to 4");
        assertRejects(Map.of("session.idle.millis", 1L), "session.idle.millis = '1'", "1000 to 604800000");
        assertRejects(Map.of("session.lifetime.millis", 1L), "session.lifetime.millis = '1'", "1000 to 2592000000");
        assertRejects(Map.of("session.user.max.count", 0), "session.user.max.count = '0'", "1 to 1000");
    }

    @Test
    public void shippedConfigurationListsEveryKeyWithItsDefault() throws IOException {
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("../../karaf-config/etc/io.serai.security.cfg"))) {
            shipped.load(reader);
        }
        TreeMap<String, String> declared = new TreeMap<>();
        for (Method key : SecurityConfig.class.getDeclaredMethods()) {
            declared.put(key.getName().replace('_', '.'), key.getDefaultValue() + "");
        }

        assertThat(shipped).containsExactlyInAnyOrderEntriesOf(declared);
    }

    private static void assertRejects(Map<String, Object> wrong, String... parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecuritySettings.of(new FixedConfig(Path.of("/n"), wrong)))
                .withMessageContaining("Configuration io.serai.security has ")
                .withMessageContainingAll(parts);
    }
}
