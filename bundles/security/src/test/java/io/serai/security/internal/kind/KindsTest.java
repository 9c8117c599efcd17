package io.serai.security.internal.kind;

import static io.serai.security.internal.SecurityFixture.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.security.internal.SecurityFixture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;

public class KindsTest {
    private static final ObjectKey ANN = ObjectKey.of("user", "ann");
    private static final ObjectKey KEY = ObjectKey.of("api-key", "ci");

    @Rule
    public final SecurityFixture security = new SecurityFixture();

    @Test
    public void everyFieldOfASchemaIsDescribedAndNoOtherIsAllowed() throws Exception {
        for (ObjectKind kind : List.of(users(), new RoleKind(), new ApiKeyKind())) {
            JsonNode schema = new ObjectMapper().readTree(kind.schema());
            assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
            assertThat(schema.path("title").asText()).isNotEmpty();
            assertThat(schema.path("description").asText()).isNotEmpty();
            schema.path("properties")
                    .forEach(field -> assertThat(field.path("description").asText())
                            .as(kind.name() + " " + field)
                            .isNotEmpty());
        }
    }

    @Test
    public void aPasswordIsKeptAsAHashThatNobodySeesOrGives() throws Exception {
        Map<String, Object> kept = users().keep(ANN, Map.of("password", PASSWORD), Optional.empty());

        assertThat(kept).containsOnlyKeys("passwordHash");
        assertThat(String.valueOf(kept.get("passwordHash"))).startsWith("$argon2id$v=19$m=7168,t=1,p=1$");
        assertThat(users().show(ANN, kept)).isEmpty();
        assertThat(users().keep(ANN, Map.of(), Optional.of(kept))).isEqualTo(kept);
        assertThat(users().keep(ANN, Map.of("password", PASSWORD), Optional.of(kept)))
                .isEqualTo(kept);
        assertThat(users().keep(ANN, Map.of("passwordHash", kept.get("passwordHash")), Optional.empty()))
                .isEmpty();
    }

    @Test
    public void aPasswordIsRefusedThatIsShortOrTheName() {
        ObjectKey name = ObjectKey.of("user", "barnaby.rudge");
        for (String password : List.of("short", "a".repeat(30), "Barnaby.Rudge", "x".repeat(2_000))) {
            assertThatExceptionOfType(ObjectException.class)
                    .isThrownBy(() -> users().keep(name, Map.of("password", password), Optional.empty()))
                    .withMessageContaining("the password")
                    .satisfies(e -> {
                        assertThat(e.problems().get(0).pointer()).isEqualTo("/spec/password");
                        assertThat(e.getMessage()).doesNotContain(password);
                    });
        }
    }

    @Test
    public void theSecretOfAKeyIsMadeByTheServerOnly() throws Exception {
        Map<String, Object> given = Map.of("user", "ann", "expires", "2027-01-01T00:00:00Z");
        Map<String, Object> made = Map.of("id", "0123456789abcdef", "secretHash", "0".repeat(64));
        Map<String, Object> both = new HashMap<>(given);
        both.putAll(made);

        assertThat(new ApiKeyKind().keep(KEY, both, Optional.empty())).isEqualTo(given);
        assertThat(new ApiKeyKind().keep(KEY, given, Optional.of(both))).isEqualTo(both);
        assertThat(new ApiKeyKind().show(KEY, both)).containsKey("id").doesNotContainKey("secretHash");
    }

    @Test
    public void builtInRolesAreShownAndStayAsTheyAre() {
        RoleKind roles = new RoleKind();
        Map<String, Object> everything =
                Map.of("permissions", List.of(Map.of("kinds", List.of("*"), "verbs", List.of("*"))));

        assertThat(roles.builtIn()).containsOnlyKeys("admin", "developer", "operator", "viewer");
        assertThatExceptionOfType(ObjectException.class)
                .isThrownBy(() -> roles.keep(ObjectKey.of("role", "viewer"), everything, Optional.empty()))
                .withMessageContaining("is built in");
        assertThatExceptionOfType(ObjectException.class)
                .isThrownBy(() -> roles.keep(new ObjectKey("role", "r", "nodes/node1"), everything, Optional.empty()))
                .withMessageContaining("leave the layer out");
    }

    private ObjectKind users() {
        return new UserKind(security.config());
    }
}
