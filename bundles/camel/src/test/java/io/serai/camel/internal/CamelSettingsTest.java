package io.serai.camel.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.Test;

public class CamelSettingsTest {
    private static final Path SHIPPED = Path.of("../../karaf-config/etc/io.serai.camel.cfg");

    @Test
    public void shipsEveryKeyWithItsDefault() throws IOException {
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(SHIPPED)) {
            shipped.load(reader);
        }

        assertThat(shipped)
                .isEqualTo(Arrays.stream(CamelConfig.class.getDeclaredMethods())
                        .collect(Collectors.toMap(
                                method -> method.getName().replace('_', '.'),
                                method -> method.getDefaultValue().toString())));
    }

    @Test
    public void refusesTimesOutOfRange() {
        assertThat(CamelSettings.of(config(1)).shutdown()).isEqualTo(Duration.ofMillis(1));
        assertThatThrownBy(() -> CamelSettings.of(config(0)))
                .hasMessageContaining("io.serai.camel")
                .hasMessageContaining("shutdown.millis is 0")
                .hasMessageContaining("from 1 to 600000");
        assertThatThrownBy(() -> CamelSettings.of(config(600_001))).hasMessageContaining("600001");
    }

    private static CamelConfig config(long shutdown) {
        return (CamelConfig) Proxy.newProxyInstance(
                CamelConfig.class.getClassLoader(),
                new Class<?>[] {CamelConfig.class},
                (proxy, method, arguments) -> shutdown);
    }
}
