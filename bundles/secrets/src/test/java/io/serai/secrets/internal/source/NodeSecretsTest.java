package io.serai.secrets.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.secret.SecretException;
import io.serai.api.secret.SecretPlaceholders;
import io.serai.secrets.internal.SecretsRig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;

public class NodeSecretsTest {
    @Rule
    public final SecretsRig rig = new SecretsRig();

    @Test
    public void readsFilesAndTellsWhenTheyChange() throws Exception {
        Files.writeString(rig.folder().resolve("db"), "one\r\n");
        List<Set<String>> changes = new ArrayList<>();
        assertThat(rig.put("db", Map.of("from", Map.of("file", "db")))).isEqualTo("the value of file db");
        rig.secrets().onChange(changes::add);
        assertThat(rig.read("db")).isEqualTo("one");

        rig.secrets().refresh();
        assertThat(changes).isEmpty();
        Files.writeString(rig.folder().resolve("db"), "two");
        rig.secrets().refresh();

        assertThat(rig.read("db")).isEqualTo("two");
        assertThat(changes).containsExactly(Set.of("db"));
        Files.delete(rig.folder().resolve("db"));
        rig.secrets().refresh();
        assertThat(rig.read("db"))
                .as("what is known counts while the file is away")
                .isEqualTo("two");
    }

    @Test
    public void doesNotLeaveThePermittedFolders() throws Exception {
        Path other = Files.writeString(rig.home().resolve("other"), "canary");
        Files.createSymbolicLink(rig.folder().resolve("link"), other);
        Files.writeString(rig.folder().resolve("real"), "fine");
        Files.createSymbolicLink(rig.folder().resolve("inner"), Path.of("real"));
        rig.put("inner", Map.of("from", Map.of("file", "inner")));

        assertThat(rig.read("inner")).isEqualTo("fine");
        for (String file : List.of("../other", other.toString(), "link", "/etc/passwd", "a/../../other", "../absent")) {
            refuses(Map.of("file", file), "is in none of the permitted folders");
        }
        refuses(Map.of("file", "absent"), "is not there; write it on this node");
        refuses(Map.of("file", "."), "is no regular file");
        refuses(Map.of("file", "a\0b"), "is no path");
    }

    @Test
    public void readsPermittedVariablesOfTheEnvironment() throws Exception {
        rig.environment.put("SERAI_SECRET_DB", "one");
        rig.environment.put("PATH", "/bin");
        rig.put("db", Map.of("from", Map.of("environment", "SERAI_SECRET_DB")));

        assertThat(rig.read("db")).isEqualTo("one");
        refuses(Map.of("environment", "PATH"), "may not be read: environment.prefixes of io.serai.secrets permits");
        refuses(Map.of("environment", "SERAI_SECRET_X"), "is not set");
    }

    @Test
    public void whatHasNoValueWaitsAndWhatIsNotThereIsNamed() {
        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> rig.put("later", Map.of("description", "comes by hand")))
                .withMessageContaining("Secret later has no value yet")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(DeploymentException.Reason.UNSATISFIED));
        assertThatExceptionOfType(SecretException.class)
                .isThrownBy(() -> rig.read("never"))
                .withMessageContaining("There is no secret never")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(SecretException.Reason.ABSENT));
    }

    @Test
    public void fillsPlacesOfATextOnce() throws Exception {
        rig.put("user", Map.of("value", "ann"));
        rig.put("pass", Map.of("value", "${secret:user}$1\\"));

        assertThat(SecretPlaceholders.fill("jdbc:${secret:user}:${secret:pass}@${x}", rig.secrets()))
                .isEqualTo("jdbc:ann:${secret:user}$1\\@${x}");
        assertThat(SecretPlaceholders.names("${secret:b} ${secret:a.b-c} ${secret:} ${other:x}"))
                .containsExactly("a.b-c", "b");
    }

    private void refuses(Map<String, Object> from, String part) {
        assertThatExceptionOfType(DeploymentException.class)
                .as(from.toString())
                .isThrownBy(() -> rig.put("bad", Map.of("from", from)))
                .withMessageContaining(part)
                .withMessageNotContaining("canary");
    }
}
