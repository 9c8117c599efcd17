package io.serai.state.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.Test;

public class StateSettingsTest {
    @Test
    public void readsGroupsFromOneLineAsTheConfigurationFileHasThem() {
        StateSettings settings = StateSettings.of("/n/state.git", "node1", "cpu, net");

        assertThat(settings.groups()).containsExactly("cpu", "net");
        assertThat(settings.layers()).containsExactly("groups/cpu", "groups/net", "nodes/node1");
        assertThat(StateSettings.of("/n/state.git", "node1", "").groups()).isEmpty();
    }

    @Test
    public void namesPidKeyValueAndRangeOfWhatItRejects() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StateSettings.of("state.git", "node1"))
                .withMessage("Configuration io.serai.state has directory = 'state.git'; allowed is an absolute path");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StateSettings.of("/n/state.git", "a/b"))
                .withMessageContainingAll("io.serai.state", "node = 'a/b'", "1 to 63 letters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StateSettings.of("/n/state.git", "node1", "cpu", "-"))
                .withMessageContainingAll("groups = '-'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StateSettings.of("/n/state.git", "node1", "cpu,cpu"))
                .withMessageContainingAll("groups = 'cpu,cpu'", "different names");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Retention.of(0, 1, 0))
                .withMessageContainingAll("io.serai.state", "retention.days = '0'", "1 to 36500");
    }

    @Test
    public void shippedConfigurationListsEveryKeyWithItsDefault() throws IOException {
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("../../karaf-config/etc/io.serai.state.cfg"))) {
            shipped.load(reader);
        }
        TreeMap<String, String> declared = new TreeMap<>();
        for (Method key : StateConfig.class.getDeclaredMethods()) {
            Object value = key.getDefaultValue();
            declared.put(
                    key.getName().replace('_', '.'),
                    value instanceof String[] list ? String.join(",", List.of(list)) : value + "");
        }

        assertThat(shipped).containsExactlyInAnyOrderEntriesOf(declared);
    }
}
