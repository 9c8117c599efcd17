package io.serai.deployer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.Test;

public class DeployerSettingsTest {
    private static final Path NODE = Path.of("/srv/serai/node1");

    @Test
    public void shippedFileListsEveryKeyWithItsDefault() throws IOException {
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("../../karaf-config/etc/io.serai.deployer.cfg"))) {
            shipped.load(reader);
        }
        Map<String, String> defaults = new TreeMap<>();
        Arrays.stream(DeployerConfig.class.getDeclaredMethods())
                .forEach(key -> defaults.put(key.getName().replace('_', '.'), defaultOf(key)));

        assertThat(shipped).isEqualTo(defaults);
    }

    private static String defaultOf(Method key) {
        return String.valueOf(key.getDefaultValue());
    }

    @Test
    public void relativeDirectoriesStartAtTheNodesDirectory() {
        assertThat(DeployerSettings.directory("deploy", NODE)).isEqualTo(NODE.resolve("deploy"));
        assertThat(DeployerSettings.directory("/var/drop", NODE)).isEqualTo(Path.of("/var/drop"));
    }

    @Test
    public void aBadValueIsRefusedWithItsKeyAndRange() {
        assertThat(DeployerSettings.millis("settle.millis", 1_000)).isEqualTo(Duration.ofSeconds(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeployerSettings.millis("start.timeout.millis", 5))
                .withMessage("Configuration io.serai.deployer has start.timeout.millis=5; allowed is 1000 to 3600000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeployerSettings.directory(" ", NODE))
                .withMessageContaining("directory=' '");
    }
}
