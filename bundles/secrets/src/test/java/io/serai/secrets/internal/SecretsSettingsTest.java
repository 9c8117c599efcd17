package io.serai.secrets.internal;

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

public class SecretsSettingsTest {
    @Test
    public void namesPidKeyValueAndRangeOfWhatItRejects() {
        assertRejects(Map.of("files.folders", "/a, b"), "files.folders = 'b'", "an absolute path");
        assertRejects(Map.of("vault.authorities.file", "ca.pem"), "vault.authorities.file = 'ca.pem'", "absolute");
        assertRejects(Map.of("vault.timeout.millis", 1L), "vault.timeout.millis = '1'", "100 to 60000");
        assertRejects(Map.of("vault.cache.millis", 1L), "vault.cache.millis = '1'", "100 to 86400000");
        assertRejects(Map.of("refresh.millis", 1L), "refresh.millis = '1'", "100 to 86400000");
        assertRejects(Map.of("key.retention.days", 0), "key.retention.days = '0'", "1 to 3650");
    }

    @Test
    public void shippedConfigurationListsEveryKeyWithItsDefault() throws IOException {
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("../../karaf-config/etc/io.serai.secrets.cfg"))) {
            shipped.load(reader);
        }
        TreeMap<String, String> declared = new TreeMap<>();
        for (Method key : SecretsConfig.class.getDeclaredMethods()) {
            declared.put(key.getName().replace('_', '.'), key.getDefaultValue() + "");
        }

        assertThat(shipped).containsExactlyInAnyOrderEntriesOf(declared);
    }

    private static void assertRejects(Map<String, Object> wrong, String... parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretsSettings.of(new FixedConfig(Path.of("/n"), wrong)))
                .withMessageContaining("Configuration io.serai.secrets has ")
                .withMessageContainingAll(parts);
    }
}
