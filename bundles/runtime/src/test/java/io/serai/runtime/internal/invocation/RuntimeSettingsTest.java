package io.serai.runtime.internal.invocation;

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

public class RuntimeSettingsTest {

    @Test
    public void shipsEveryKeyWithItsDefault() throws IOException {
        Properties shipped = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("../../karaf-config/etc/io.serai.runtime.cfg"))) {
            shipped.load(file);
        }
        Map<String, String> declared = new TreeMap<>();
        for (Method key : RuntimeConfig.class.getDeclaredMethods()) {
            declared.put(key.getName().replace('_', '.'), String.valueOf(key.getDefaultValue()));
        }

        assertThat(new TreeMap<Object, Object>(shipped)).isEqualTo(declared);
    }

    @Test
    public void namesTheKeyThatIsOutOfRange() {
        assertThatThrownBy(() -> new RuntimeSettings(0, 1, 1))
                .hasMessage("Configuration io.serai.runtime: network.concurrent.count is 0; give a number from 1 to"
                        + " 100000");
        assertThatThrownBy(() -> new RuntimeSettings(1, -1, 1)).hasMessageContaining("queue.count is -1");
        assertThatThrownBy(() -> new RuntimeSettings(1, 1, 3_600_001)).hasMessageContaining("drain.millis is 3600001");
    }
}
