package io.serai.admin.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.Test;

public class AdminSettingsTest {
    private static final Path SHIPPED = Path.of("../../karaf-config/etc/io.serai.admin.cfg");

    @Test
    public void shippedFileListsEveryKeyWithItsDefault() throws IOException {
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(SHIPPED)) {
            shipped.load(reader);
        }
        Map<String, String> expected = new TreeMap<>();
        for (Method method : AdminConfig.class.getDeclaredMethods()) {
            expected.put(method.getName().replace('_', '.'), String.valueOf(method.getDefaultValue()));
        }
        expected.put("host", "${serai.host}");
        expected.put("port", "${serai.admin.port}");

        assertThat(new TreeMap<>(shipped)).isEqualTo(expected);
    }

    @Test
    public void refusesWrongValuesNamingKeyAndRange() {
        assertThatThrownBy(() -> AdminSettings.of(TestAdmin.config(Map.of("port", 70_000))))
                .hasMessage("PID io.serai.admin: key port has the value '70000'; allowed is from 0 to 65535");
        assertThatThrownBy(() -> AdminSettings.of(TestAdmin.config(Map.of("host", " "))))
                .hasMessageContaining("key host");
        assertThatThrownBy(() -> AdminSettings.of(TestAdmin.config(Map.of("headers_timeout_millis", 1L))))
                .hasMessageContaining("headers.timeout.millis");
    }
}
