package io.serai.deployer.internal.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.object.FileKind;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKey;
import io.serai.api.state.Content;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

public class KindsTest {
    private static final ObjectKey JAR = ObjectKey.of("artifact", "orders.jar");
    private static final ObjectKey PID = ObjectKey.of("configuration", "com.acme.orders");

    private final FileKind artifacts = new ArtifactKind();
    private final FileKind configurations = new ConfigurationKind();

    @Test
    public void anArtifactComesBackByteForByte() throws Exception {
        byte[] binary = {0, 1, (byte) 0xff, 13, 10};
        byte[] text = "class A {}\n// ä\n".getBytes(StandardCharsets.UTF_8);

        Map<String, Object> ofBinary = artifacts.read(JAR, Content.of(binary), true);
        Map<String, Object> ofText = artifacts.read(JAR, Content.of(text), true);

        assertThat(ofBinary).containsOnlyKeys("base64");
        assertThat(ofText).containsOnlyKeys("text");
        assertThat(artifacts.write(JAR, ofBinary, Optional.empty()).bytes()).isEqualTo(binary);
        assertThat(artifacts.write(JAR, ofText, Optional.empty()).bytes()).isEqualTo(text);
    }

    @Test
    public void anArtifactIsListedBySizeAndHashWhichNameItAgain() throws Exception {
        Content content = content("abc");

        Map<String, Object> listed = artifacts.read(JAR, content, false);

        assertThat(listed)
                .containsEntry("bytes", 3L)
                .containsEntry("sha256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(artifacts.write(JAR, listed, Optional.of(content))).isSameAs(content);
        refuses(listed, Optional.of(content("abd")), "does not have the SHA-256 ba78");
        refuses(listed, Optional.empty(), "has no content; give it as text or base64");
    }

    @Test
    public void anArtifactNeedsOneContent() {
        refuses(Map.of(), Optional.of(content("abc")), "has no content");
        refuses(Map.of("text", "a", "base64", "YQ=="), Optional.empty(), "has both text and base64");
        refuses(Map.of("base64", "Y"), Optional.empty(), "base64 is not that");
    }

    @Test
    public void aConfigurationComesBackWithWhateverCharacters() throws Exception {
        Map<String, Object> spec = Map.of("a b", "x = y # z", "url", "http://h:1/ä\n2", "empty", "", "#", "\\");

        Content written = configurations.write(PID, spec, Optional.empty());

        assertThat(configurations.read(PID, written, false)).isEqualTo(spec);
        assertThat(new String(written.bytes(), StandardCharsets.UTF_8).lines()).hasSize(4);
    }

    @Test
    public void aConfigurationThatSaysTheSameKeepsItsComments() throws Exception {
        Content commented = content("# how long to wait\ntimeout.millis = 500\n");

        assertThat(configurations.write(PID, Map.of("timeout.millis", "500"), Optional.of(commented)))
                .isSameAs(commented);
    }

    private void refuses(Map<String, Object> spec, Optional<Content> before, String words) {
        assertThatExceptionOfType(ObjectException.class)
                .isThrownBy(() -> artifacts.write(JAR, spec, before))
                .withMessageContaining(words);
    }

    private static Content content(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
