package io.serai.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.Test;

public class HttpSettingsTest {
    private static final Path SHIPPED = Path.of("../../karaf-config/etc/io.serai.http.cfg");

    @Test
    public void shippedFileListsEveryKeyWithItsDefault() throws IOException {
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(SHIPPED)) {
            shipped.load(reader);
        }
        Map<String, String> expected = new TreeMap<>();
        for (Method method : HttpConfig.class.getDeclaredMethods()) {
            expected.put(method.getName().replace('_', '.'), String.valueOf(method.getDefaultValue()));
        }
        expected.put("port", "${serai.http.port}");

        assertThat(new TreeMap<>(shipped)).isEqualTo(expected);
    }

    @Test
    public void takesTheDefaults() {
        HttpSettings settings = HttpSettings.of(TestServer.config(Map.of()));

        assertThat(settings.listener().host()).isEqualTo("127.0.0.1");
        assertThat(settings.listener().capacity().idleTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.gzipMinBytes()).isEqualTo(1024);
        assertThat(settings.policies().cors().origins()).isEmpty();
    }

    @Test
    public void refusesWrongValuesNamingKeyAndRange() {
        assertThatThrownBy(() -> HttpSettings.of(TestServer.config(Map.of("port", 70_000))))
                .hasMessage("PID io.serai.http: key port has the value '70000'; allowed is from 0 to 65535");
        assertThatThrownBy(() -> HttpSettings.of(TestServer.config(Map.of("threads_max_count", 10))))
                .hasMessageContaining("threads.max.count");
        assertThatThrownBy(
                        () -> HttpSettings.of(TestServer.config(Map.of("cors_origins", "*", "cors_credentials", true))))
                .hasMessageContaining("cors.*")
                .hasMessageContaining("list the origins");
    }
}
