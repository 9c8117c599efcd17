package io.serai.admin.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.object.ObjectKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.Test;

public class DescriptionTest {
    private static final String SCHEMA = "{\"type\": \"object\", \"description\": \"%s\"}";

    private final Description description = new Description();

    private record Kind(String name, String schema) implements ObjectKind {}

    @Test
    public void isMadeOnceForTheSameKinds() {
        ApiAnswer first = description.of(List.of(kind("a", "One")), List.of());

        assertThat(description.of(List.of(kind("a", "One")), List.of())).isSameAs(first);
    }

    @Test
    public void tellsOfAKindThatCame() throws IOException {
        description.of(List.of(kind("a", "One")), List.of());

        assertThat(text(description.of(List.of(kind("a", "One"), kind("b", "Two")), List.of())))
                .contains("/b/{name}", "Two");
    }

    @Test
    public void tellsTheNewSchemaOfAKindThatIsRegisteredAgain() throws IOException {
        description.of(List.of(kind("a", "One")), List.of());

        assertThat(text(description.of(List.of(kind("a", "Other")), List.of())))
                .contains("Other")
                .doesNotContain("One");
    }

    private static ObjectKind kind(String name, String about) {
        return new Kind(name, SCHEMA.formatted(about));
    }

    private static String text(ApiAnswer answer) throws IOException {
        try (InputStream in = answer.body().orElseThrow().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
