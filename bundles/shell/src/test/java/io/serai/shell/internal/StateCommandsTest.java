package io.serai.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.api.deploy.Verdict;
import io.serai.api.state.Author;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.karaf.shell.support.CommandException;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class StateCommandsTest {
    @Rule
    public final ShellFixture shell = new ShellFixture();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Before
    public void commit() {
        shell.state.put("Say hello\n\nBecause.", "deploy/hello.java", "one\n", "config/a.cfg", "a=1\n");
        shell.state.put("Say it better", "deploy/hello.java", "two\n", "deploy/blob.jar", "PK\0\u00ff");
    }

    @Test
    public void listsTheHistoryOfAllOfAFileOrOfAFolder() throws Exception {
        assertThat(shell.run("state:log")).contains("Begin", "Say hello", "0002cccc", "bob", "folder");
        assertThat(shell.run("state:log a.cfg")).contains("Say hello").doesNotContain("better");
        assertThat(shell.run("state:log deploy/"))
                .contains("Say hello", "better")
                .doesNotContain("Begin");
        assertThat(shell.runJson("state:log --json --limit=1").at("/0/time").asText())
                .isEqualTo("2026-03-01T12:00:02Z");
        assertThat(shell.runJson("state:log deploy --json --limit 1")).hasSize(1);
    }

    @Test
    public void refusesAWrongLimitOrPath() {
        assertThatThrownBy(() -> shell.run("state:log --limit=0"))
                .isInstanceOf(CommandException.class)
                .hasMessage("--limit is '0', but must be a number from 1");
        assertThatThrownBy(() -> shell.run("state:log deploy/helo.java"))
                .hasMessage("There is no file 'deploy/helo.java'; did you mean deploy/hello.java?");
        assertThatThrownBy(() -> shell.run("state:log ../etc"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("segment '..'");
    }

    @Test
    public void showsTheDifferenceOfTheHeadByDefault() throws Exception {
        assertThat(shell.run("state:diff")).isEqualTo("patch 0001cccc 0002cccc\n");
        assertThat(shell.run("state:diff HEAD~2 --path a.cfg")).isEqualTo("patch 0000cccc 0002cccc config/a.cfg\n");
        JsonNode json = shell.runJson("state:diff 0000 0001 --json --path config");
        assertThat(json.at("/files")).hasSize(1);
        assertThat(json.at("/files/0/path").asText()).isEqualTo("config/a.cfg");
        assertThat(json.at("/files/0/change").asText()).isEqualTo("added");
        assertThat(json.at("/files/0/before").isNull()).isTrue();
    }

    @Test
    public void showsACommitWithWhatItDid() throws Exception {
        assertThat(shell.run("state:show"))
                .contains(
                        "commit 0002c",
                        "author bob (folder)",
                        "added    deploy/blob.jar",
                        "changed  deploy/hello.java");
        assertThat(shell.run("state:show HEAD~1")).contains("    Because.", "added    config/a.cfg");
        assertThat(shell.runJson("state:show 0000 --json").at("/files")).isEmpty();
    }

    @Test
    public void showsAFileAsItWas() throws Exception {
        assertThat(shell.run("state:show HEAD~1 hello.java")).isEqualTo("one\n");
        assertThat(shell.run("state:show HEAD blob.jar")).contains("deploy/blob.jar is not text", "4 bytes");
        assertThat(shell.runJson("state:show HEAD hello.java --json")
                        .at("/text")
                        .asText())
                .isEqualTo("two\n");
        assertThatThrownBy(() -> shell.run("state:show HEAD~1 blob.jar")).hasMessageContaining("no file 'blob.jar'");
    }

    @Test
    public void undoesACommit() throws Exception {
        shell.deployments.set("deploy/hello.java", Verdict.State.ACTIVE, "service hello", "");

        assertThat(shell.run("state:revert HEAD")).contains("done: head is 0003cccc", "service hello");
        assertThat(shell.state.text("deploy/hello.java")).isEqualTo("one\n");
    }

    @Test
    public void putsAFileAndRemovesIt() throws Exception {
        Path file = Files.writeString(folder.getRoot().toPath().resolve("people.yaml"), "kind: rest-channel\n");
        String put = "state:put objects/rest-channel/people.yaml " + file + " --message 'For Ann'";

        assertThat(shell.run(put)).contains("done: head is 0003cccc");
        assertThat(shell.state.text("objects/rest-channel/people.yaml")).isEqualTo("kind: rest-channel\n");
        assertThat(shell.state.newest().message()).isEqualTo("For Ann");
        assertThat(shell.state.newest().author()).isEqualTo(new Author("ann", "shell"));
        assertThat(shell.run(put)).contains("unchanged: head is 0003cccc");
        Files.writeString(file, "kind: rest-channel\nname: people\n");
        shell.run(put + " --rolling");
        assertThat(shell.state.newest().message()).isEqualTo("For Ann\n\nApply: rolling\n");

        assertThatThrownBy(() -> shell.run("state:remove people.yaml --rolling"))
                .hasMessage("All nodes remove a file at once; leave --rolling out");
        shell.run("state:remove people.yaml");
        assertThat(shell.audit.events)
                .extracting(event -> event.action() + " " + event.object())
                .containsExactly(
                        "write state/objects/rest-channel/people.yaml",
                        "write state/objects/rest-channel/people.yaml",
                        "delete state/objects/rest-channel/people.yaml");

        assertThat(shell.state.text("objects/rest-channel/people.yaml")).isEmpty();
        assertThatThrownBy(() -> shell.run("state:put objects/a.yaml " + folder.getRoot() + "/none"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("There is no file");
        assertThatThrownBy(() -> shell.run("state:remove people.yaml")).hasMessageContaining("no file 'people.yaml'");
    }

    @Test
    public void namesTheFilesThatStandInTheWay() {
        assertThatThrownBy(() -> shell.run("state:revert HEAD~1"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("cannot be undone")
                .hasMessageContaining("  deploy/hello.java: changed again since");
    }

    @Test
    public void completesFilesAndRevisions() {
        assertThat(shell.complete("state:log con")).containsExactly("config/a.cfg");
        assertThat(shell.complete("state:show H")).containsExactly("HEAD");
        assertThat(shell.complete("state:show HEAD deploy/h")).containsExactly("deploy/hello.java");
        assertThat(shell.complete("state:diff --path con")).containsExactly("config/a.cfg");
    }
}
