package io.serai.deployer.internal.resolved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.Test;

public class ResolvedChecksTest {
    private static final StatePath LIST = ResolvedPaths.list(new BlobId("a".repeat(40)));

    private final ResolvedChecks checks = new ResolvedChecks();

    @Test
    public void takesWhatNodesWrite() throws StateException, IOException {
        byte[] bytes = {1, 2, 3};
        Fingerprint fingerprint = Fingerprint.of(new ByteArrayInputStream(bytes));
        ResolvedList list = new ResolvedList(new TreeMap<>(Map.of("mvn:acme/a/1.0", fingerprint)));

        checks.validate(ResolvedPaths.content(fingerprint), Content.of(bytes));
        checks.validate(LIST, Content.of(list.toYaml()));

        assertThat(ResolvedList.read(new ByteArrayInputStream(list.toYaml()))).isEqualTo(list);
    }

    @Test
    public void refusesBytesThatAreNotWhatTheirNameSays() {
        StatePath path = ResolvedPaths.content(new Fingerprint("0".repeat(64), 3));
        assertThat(checks.handles(path)).isTrue();
        assertThatThrownBy(() -> checks.validate(path, Content.of(new byte[3])))
                .isInstanceOf(StateException.class)
                .hasMessageContaining(path.value())
                .hasMessageContaining("709e80c88487a2411e1ee4dfb9f22a861492d20c4765150c0c794abd70f8147c");
    }

    @Test
    public void refusesListsOfAnotherShape() {
        for (String text : new String[] {
            "",
            "resolved: x",
            "resolved: [{uri: a}]",
            "resolved: [{uri: a, sha256: b, size: 1}]",
            "resolved: [",
            "other: []"
        }) {
            assertThatThrownBy(() -> checks.validate(LIST, Content.of(text.getBytes(StandardCharsets.UTF_8))))
                    .as(text)
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining(LIST.value());
        }
    }
}
