package io.serai.state.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class IsolationTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void sameChangeIsTheSameCommitWhateverTheMachineIsSetTo() throws Exception {
        File home = folder.newFolder("home");
        Files.writeString(home.toPath().resolve(".gitconfig"), "[core\n this is no configuration");

        String plain = commit("a", List.of(), Map.of());
        String strange = commit(
                "b",
                List.of("-Duser.home=" + home, "-Duser.language=tr", "-Duser.timezone=Asia/Kathmandu"),
                Map.of(
                        "HOME",
                        home.toString(),
                        "LC_ALL",
                        "C",
                        "GIT_CONFIG_GLOBAL",
                        home + "/.gitconfig",
                        "GIT_AUTHOR_NAME",
                        "Mallory",
                        "GIT_DIR",
                        home + "/absent"));

        assertThat(plain).matches("[0-9a-f]{40}");
        assertThat(strange).isEqualTo(plain);
        assertThat(home.list()).containsExactly(".gitconfig");
    }

    private String commit(String name, List<String> options, Map<String, String> environment) throws Exception {
        Path directory = folder.getRoot().toPath().resolve(name);
        try (ChildJvm child =
                ChildJvm.start(List.of(), options, environment, List.of("commit", directory.toString()))) {
            return child.line();
        }
    }
}
