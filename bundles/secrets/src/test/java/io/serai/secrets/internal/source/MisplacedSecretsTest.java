package io.serai.secrets.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.state.Content;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.nio.charset.StandardCharsets;
import org.junit.Test;

public class MisplacedSecretsTest {
    private final MisplacedSecrets validator = new MisplacedSecrets();

    @Test
    public void refusesObjectsWithSecretsAsArtifacts() {
        for (String text : new String[] {
            "kind: secret\nname: db\nspec:\n  value: canary\n",
            "name: db\nkind: 'secret'\n",
            "{\"kind\": \"secret\", \"spec\": {\"value\": \"canary\"}}",
            "kind: role\n---\nkind: user\nspec: {password: canary}\n",
            "- kind: certificate\n"
        }) {
            assertThatExceptionOfType(StateException.class)
                    .as(text)
                    .isThrownBy(() -> validate(text))
                    .withMessageContaining("put it with: serai apply -f a.yaml")
                    .withMessageNotContaining("canary");
        }
    }

    @Test
    public void takesWhatIsDeployed() throws Exception {
        validate("- route:\n    from:\n      uri: timer:kind\n      kind-of: secret\n");
        validate("kind: secretary\n");
        assertThat(validator.handles(new StatePath("deploy/a.camel.yaml"))).isTrue();
        assertThat(validator.handles(new StatePath("deploy/a.jar"))).isFalse();
        assertThat(validator.handles(new StatePath("objects/secret/db.yaml"))).isFalse();
    }

    private void validate(String text) throws StateException {
        validator.validate(new StatePath("deploy/a.yaml"), Content.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
