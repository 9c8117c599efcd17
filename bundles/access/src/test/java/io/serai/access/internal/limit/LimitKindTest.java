package io.serai.access.internal.limit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.api.object.ObjectKey;
import java.util.Map;
import org.junit.Test;

public class LimitKindTest {
    private final LimitKind kind = new LimitKind();

    @Test
    public void refusesWhatTheSchemaCannot() {
        refuses("gold", Map.of(), "'requests' or quota must say");
        refuses("gold", Map.of("requests", 10L), "'per' must be");
        refuses("gold", Map.of("requests", 10L, "per", "second", "burst", 11L), "'burst' must not be more");
        refuses("gold", Map.of("quota", 10L), "'quotaPer' must be");
        refuses("gold \"x\"", Map.of("quota", 10L, "quotaPer", "day"), "the name of a limit has");
    }

    private void refuses(String name, Map<String, Object> spec, String message) {
        assertThatThrownBy(() -> kind.check(ObjectKey.of("rate-limit", name), spec))
                .hasMessageContaining(message);
    }
}
