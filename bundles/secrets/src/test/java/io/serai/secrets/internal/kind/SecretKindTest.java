package io.serai.secrets.internal.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKey;
import io.serai.secrets.internal.SecretsRig;
import java.util.Map;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;

public class SecretKindTest {
    private static final ObjectKey DB = ObjectKey.of("secret", "db");

    @Rule
    public final SecretsRig rig = new SecretsRig();

    @Test
    public void showsNothingOfAValue() throws Exception {
        rig.put("db", Map.of("value", "canary", "description", "of the orders"));

        assertThat(rig.kind().show(DB, rig.kept("db").orElseThrow())).isEqualTo(Map.of("description", "of the orders"));
    }

    @Test
    public void theSameValueChangesNothingAndNoneLeavesItAsItIs() throws Exception {
        rig.put("db", Map.of("value", "canary"));
        Map<String, Object> first = rig.kept("db").orElseThrow();

        assertThat(rig.kind().keep(DB, Map.of("value", "canary"), Optional.of(first)))
                .isEqualTo(first);
        assertThat(rig.kind().keep(DB, Map.of(), Optional.of(first))).isEqualTo(first);
        assertThat(rig.kind().keep(DB, Map.of("value", "other"), Optional.of(first)))
                .isNotEqualTo(first);
        assertThat(rig.kind().keep(DB, Map.of("from", Map.of("file", "db")), Optional.of(first)))
                .containsOnlyKeys("from");
    }

    @Test
    public void nobodyGivesASealedValue() throws Exception {
        rig.put("db", Map.of("value", "canary"));
        Object sealed = rig.kept("db").orElseThrow().get("sealed");

        assertThat(rig.kind().keep(ObjectKey.of("secret", "x"), Map.of("sealed", sealed), Optional.empty()))
                .isEmpty();
    }

    @Test
    public void refusesWhatCannotBeASecretWithoutSayingTheValue() {
        refuses(DB, Map.of("value", "canary"), "is in clear");
        refuses(DB, Map.of("sealed", "canary"), "put the value anew");
        refuses(DB, Map.of("sealed", "v1:0000000g:canary"), "put the value anew");
        refuses(ObjectKey.of("secret", "a b"), Map.of(), "cannot be the name of a secret");
        refuses(DB, Map.of("from", Map.of("vault", Map.of("address", "https://x", "path", "a"))), "how to log in");
        refuses(
                DB,
                Map.of("from", Map.of("vault", Map.of("address", "https://x", "path", "../sys", "tokenFile", "t"))),
                "has .. in its path");
        assertThatExceptionOfType(ObjectException.class)
                .isThrownBy(() ->
                        rig.kind().keep(DB, Map.of("value", "canary", "from", Map.of("file", "x")), Optional.empty()))
                .withMessageContaining("give one of them")
                .withMessageNotContaining("canary");
    }

    private void refuses(ObjectKey key, Map<String, Object> kept, String part) {
        assertThatExceptionOfType(ObjectException.class)
                .isThrownBy(() -> rig.kind().check(key, kept))
                .withMessageContaining(part)
                .withMessageNotContaining("canary");
    }
}
