package io.serai.deployer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.serai.api.state.Content;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.deployer.fixture.TestBundle;
import io.serai.deployer.internal.build.BlueprintBundleBuilder;
import io.serai.deployer.internal.build.JarBundleBuilder;
import io.serai.deployer.internal.bundle.Builders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.Test;

public class ArtifactChecksTest {
    private static final StatePath JAR = new StatePath("deploy/a.jar");

    private final ArtifactChecks checks =
            new ArtifactChecks(new Builders(List.of(new JarBundleBuilder(), new BlueprintBundleBuilder())));

    private static Content text(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    public void looksAtArtifactsAndConfigurationsOnly() {
        assertThat(checks.handles(JAR)).isTrue();
        assertThat(checks.handles(new StatePath("config/com.acme.cfg"))).isTrue();
        assertThat(checks.handles(new StatePath("config/com.acme/x.cfg"))).isFalse();
        assertThat(checks.handles(new StatePath("objects/topic/a.jar"))).isFalse();
    }

    @Test
    public void refusesACutOffJarByName() {
        byte[] jar = TestBundle.named("a", "1.0.0").jar();

        assertThatNoException().isThrownBy(() -> checks.validate(JAR, Content.of(jar)));
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> checks.validate(JAR, Content.of(Arrays.copyOf(jar, jar.length / 2))))
                .satisfies(e -> assertThat(e.paths()).containsOnlyKeys(JAR))
                .withMessageContaining("a.jar")
                .extracting(StateException::reason)
                .isEqualTo(StateException.Reason.INVALID);
    }

    @Test
    public void refusesAConfigurationThatCannotBeRead() {
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> checks.validate(new StatePath("config/a.cfg"), text("x=\\u00")))
                .withMessageContaining("config/a.cfg is not a properties file");
    }

    @Test
    public void leavesFeatureRepositoriesToTheirHandlerAndRefusesUnknownXml() {
        StatePath xml = new StatePath("deploy/a.xml");
        assertThatNoException()
                .isThrownBy(() -> checks.validate(
                        xml, text("<features xmlns='http://karaf.apache.org/xmlns/features/v1.6.0' name='a'/>")));
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> checks.validate(xml, text("<html/>")))
                .withMessageContaining("html");
    }
}
