package io.serai.deployer.internal.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.nio.charset.StandardCharsets;
import org.junit.Test;

public class XmlKindTest {
    private static final StatePath PATH = StatePath.of("deploy", "a.xml");

    @Test
    public void knowsFeatureRepositoriesAndBlueprint() throws DeploymentException {
        assertThat(kind("<features name='x'/>")).isEqualTo(XmlKind.FEATURES);
        assertThat(kind("<features xmlns='http://karaf.apache.org/xmlns/features/v1.6.0'>"))
                .isEqualTo(XmlKind.FEATURES);
        assertThat(kind("<!-- a --><b:blueprint xmlns:b='http://www.osgi.org/xmlns/blueprint/v1.0.0'>"))
                .isEqualTo(XmlKind.BLUEPRINT);
    }

    @Test
    public void refusesOtherRootsAndListsTheKnown() {
        assertThat(refusal("<beans/>"))
                .hasMessageContaining("its root element is beans")
                .hasMessageContaining("<features>")
                .hasMessageContaining("<blueprint>")
                .hasMessageContaining("*.camel.xml");
        assertThat(refusal("<blueprint/>")).hasMessageContaining("no known kind");
    }

    @Test
    public void saysWhereItIsNotXml() {
        assertThat(refusal("<features\n  <x/>")).hasMessageStartingWith("a.xml:2:");
        assertThat(refusal("hello")).hasMessageStartingWith("a.xml:1:1: ");
        assertThat(refusal("")).hasMessageStartingWith("a.xml:1:1: ");
    }

    @Test
    public void refusesDocumentTypes() {
        assertThat(refusal("<!DOCTYPE features [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><features>&e;</features>"))
                .hasMessageContaining("document type");
        assertThat(refusal("<!DOCTYPE features SYSTEM 'http://127.0.0.1:1/x.dtd'><features/>"))
                .hasMessageContaining("document type");
    }

    private static XmlKind kind(String xml) throws DeploymentException {
        return XmlKind.of(PATH, Content.of(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static DeploymentException refusal(String xml) {
        DeploymentException refusal = catchThrowableOfType(DeploymentException.class, () -> kind(xml));
        assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
        return refusal;
    }
}
