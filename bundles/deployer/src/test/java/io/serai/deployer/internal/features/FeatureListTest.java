package io.serai.deployer.internal.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.state.Content;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.Test;

public class FeatureListTest {
    @Test
    public void readsWhatItWrites() throws DeploymentException {
        FeatureList list = new FeatureList(
                List.of("mvn:com.acme/acme/1.0/xml/features"), List.of("acme-orders/1.0.0", "acme-mail"));
        assertThat(FeatureList.read(Content.of(list.toYaml()))).isEqualTo(list);
    }

    @Test
    public void readsEmptyFileAsNothing() throws DeploymentException {
        assertThat(read("# nothing yet\n")).isEqualTo(FeatureList.EMPTY);
        assertThat(read("features: [one]\n")).isEqualTo(new FeatureList(List.of(), List.of("one")));
    }

    @Test
    public void saysWhatIsWrongWithOtherShapes() {
        assertRefused("feature: [one]", "'repositories' and 'features'");
        assertRefused("features: one", "'features' is a list");
        assertRefused("features: [{a: b}]", "each item of 'features' is a text");
        assertRefused("repositories: ['not a uri']", "'not a uri' is no URI");
        assertRefused("features: [", "is no YAML");
        assertRefused("features: !!javax.script.ScriptEngineManager []", "is no YAML");
    }

    private static void assertRefused(String yaml, String words) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("features.yaml")
                .hasMessageContaining(words);
    }

    private static FeatureList read(String yaml) throws DeploymentException {
        return FeatureList.read(Content.of(yaml.getBytes(StandardCharsets.UTF_8)));
    }
}
