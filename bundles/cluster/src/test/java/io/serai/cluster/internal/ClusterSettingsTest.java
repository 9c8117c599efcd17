package io.serai.cluster.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.Reader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.Test;

public class ClusterSettingsTest {
    private static ClusterSettings settings(Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(Map.of("host", "127.0.0.1", "directory", "/node/cluster"));
        all.putAll(values);
        return ClusterSettings.of((ClusterConfig) Proxy.newProxyInstance(
                ClusterConfig.class.getClassLoader(),
                new Class<?>[] {ClusterConfig.class, Annotation.class},
                (proxy, method, arguments) -> all.getOrDefault(method.getName(), method.getDefaultValue())));
    }

    @Test
    public void shippedFileListsEveryKeyWithItsDefault() throws IOException {
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("../../karaf-config/etc/io.serai.cluster.cfg"))) {
            shipped.load(reader);
        }
        Map<String, String> expected = new TreeMap<>();
        for (Method method : ClusterConfig.class.getDeclaredMethods()) {
            Object value = method.getDefaultValue();
            expected.put(
                    method.getName().replace('_', '.'),
                    value instanceof String[] list ? String.join(",", list) : String.valueOf(value));
        }
        expected.put("port", "${serai.cluster.port}");

        assertThat(new TreeMap<>(shipped)).isEqualTo(expected);
    }

    @Test
    public void readsHostsFromOneLine() {
        ClusterSettings settings = settings(Map.of("discovery_hosts", new String[] {"a.example:8781, 10.0.0.2:8782"}));

        assertThat(settings.discovery().hosts())
                .extracting(host -> host.getHostString() + " " + host.getPort())
                .containsExactly("a.example 8781", "10.0.0.2 8782");
        assertThat(settings.discovery().dnsName()).isEmpty();
    }

    @Test
    public void readsGroupsOfBothKindsOfAddresses() {
        assertThat(settings(Map.of()).discovery().multicast()).as("by default").isEmpty();
        for (String group : List.of("239.255.77.1:8780", "[ff02::5a:1]:8780")) {
            assertThat(settings(Map.of("discovery_multicast_group", group))
                            .discovery()
                            .multicast())
                    .hasValueSatisfying(
                            address -> assertThat(address.getAddress().isMulticastAddress())
                                    .isTrue());
        }
    }

    @Test
    public void refusesWrongValuesNamingKeyAndRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of("port", 0)))
                .withMessage("PID io.serai.cluster: key port has the value '0'; allowed is from 1 to 65535");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of("discovery_hosts", new String[] {"a.example"})))
                .withMessageContaining("discovery.hosts");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of("compare_interval_millis", 1L)))
                .withMessageContaining("compare.interval.millis");
        for (String group : List.of("10.0.0.1:8780", "group.example:8780", "239.255.77.1", "[ff02::1:70000")) {
            assertThatIllegalArgumentException()
                    .as(group)
                    .isThrownBy(() -> settings(Map.of("discovery_multicast_group", group)))
                    .withMessageContaining("discovery.multicast.group has the value '" + group + "'");
        }
    }
}
