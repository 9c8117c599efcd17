package io.serai.camel.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Component;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.junit.ClassRule;
import org.junit.Test;
import org.osgi.framework.Bundle;

public class ComponentBundleTest {
    @ClassRule
    public static final CamelNode NODE = new CamelNode();

    private static final String ROUTE =
            "- route: {autoStartup: false, from: {uri: 'paho-mqtt5:orders%s', steps: [{log: got}]}}";

    @Test
    public void findsAComponentThatIsInstalledLater() throws Exception {
        DeploymentException before = catchThrowableOfType(
                DeploymentException.class, () -> NODE.apply("deploy/mqtt.camel.yaml", ROUTE.formatted("")));

        Bundle component = NODE.bundles()
                .installBundle("mqtt", TestBundle.wrapping("mqtt", PahoMqtt5Component.class, MqttClient.class));
        component.start();
        String after = NODE.apply("deploy/mqtt.camel.yaml", ROUTE.formatted(""));
        DeploymentException option = catchThrowableOfType(
                DeploymentException.class,
                () -> NODE.apply("deploy/mqtt.camel.yaml", ROUTE.formatted("?brokerUrI=tcp://localhost:1")));

        assertThat(before.reason()).isEqualTo(Reason.UNSUPPORTED);
        assertThat(before).hasMessageContaining("component 'paho-mqtt5'");
        assertThat(after).isEqualTo("1 route");
        assertThat(option).hasMessageContaining("Did you mean 'brokerUrl'?");
        component.uninstall();
    }
}
