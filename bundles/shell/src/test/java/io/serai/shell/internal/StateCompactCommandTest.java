package io.serai.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;

public class StateCompactCommandTest {
    @Rule
    public final ShellFixture shell = new ShellFixture();

    @Test
    public void saysWhatWasDroppedAndWhatWasKeptAndWhy() throws Exception {
        assertThat(shell.run("state:compact"))
                .contains("deploy/orders.jar", "DROPPED", "Dropped 7 versions of 1 files, 70000 bytes")
                .contains("Kept 5 contents", "3 that the head has", "2 that the state had within the retention");
        assertThat(shell.run("state:compact --dry-run")).contains("WOULD DROP", "Would drop 7 versions");
    }

    @Test
    public void printsJsonAsTheReadmeSays() throws Exception {
        String readme = Files.readString(Path.of("README.md"));

        JsonNode json = shell.runJson("state:compact --dry-run --json");

        assertThat(json.at("/dropped/deploy~1orders.jar").asInt()).isEqualTo(7);
        assertThat(json.at("/dryRun").asBoolean()).isTrue();
        json.fieldNames().forEachRemaining(field -> assertThat(readme).contains("`" + field + "`"));
        json.get("kept").fieldNames().forEachRemaining(field -> assertThat(readme)
                .contains("`" + field + "`"));
    }
}
