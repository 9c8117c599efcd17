package io.serai.shell.internal;

import static io.serai.api.deploy.Verdict.State.ACTIVE;
import static io.serai.api.deploy.Verdict.State.FAILED;
import static io.serai.api.deploy.Verdict.State.WAITING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.api.deploy.Verdict;
import io.serai.api.state.Author;
import io.serai.api.state.Pace;
import io.serai.api.state.StatePath;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.apache.karaf.shell.support.CommandException;
import org.junit.Rule;
import org.junit.Test;

public class DeployCommandsTest {
    private static final String HELLO = "deploy/hello.java";

    @Rule
    public final ShellFixture shell = new ShellFixture();

    @Test
    public void listsHowArtifactsStand() throws Exception {
        shell.deployments.set(HELLO, ACTIVE, "service hello", "");
        shell.deployments.set("deploy/orders.jar", WAITING, "Needs package x.y\nsee --detail", "Unable to resolve");

        String[] lines = shell.run("deploy:list").split("\\R");

        assertThat(lines).hasSize(4);
        assertThat(lines[2]).contains(HELLO, "ACTIVE", "2026-03-01T12:00:05Z", "service hello");
        assertThat(lines[3]).contains("WAITING", " - ", "Needs package x.y").doesNotContain("detail");
        assertThat(shell.runJson("deploy:list --json").at("/1/detail").asText()).isEqualTo("Unable to resolve");
    }

    @Test
    public void saysWhatToDoWhenNothingIsDeployed() throws Exception {
        assertThat(shell.run("deploy:list")).contains("drop a file into the deploy folder");
    }

    @Test
    public void showsDetailAndHistoryOfAnArtifactByItsFileName() throws Exception {
        shell.state.put("Say hello", HELLO, "1");
        shell.state.put("Say it better", HELLO, "2");
        shell.state.put("Something else", "deploy/other.java", "1");
        shell.deployments.set(HELLO, FAILED, "hello.java:3:7: ';' expected", "line one\nline two");

        assertThat(shell.run("deploy:info hello.java"))
                .contains(
                        "State    FAILED since 2026-03-01T12:00:05Z",
                        "Detail   line one",
                        "         line two",
                        "Say it better",
                        "Say hello")
                .doesNotContain("Something else");
        JsonNode json = shell.runJson("deploy:info hello.java --json");
        assertThat(json.at("/history")).hasSize(2);
        assertThat(json.at("/history/0/message").asText()).isEqualTo("Say it better");
    }

    @Test
    public void proposesTheNearestArtifactAndRefusesToGuess() {
        shell.deployments.set(HELLO, ACTIVE, "", "");
        shell.deployments.set("deploy/a/sum.jar", ACTIVE, "", "");
        shell.deployments.set("deploy/b/sum.jar", ACTIVE, "", "");

        assertThatThrownBy(() -> shell.run("deploy:info helo.java"))
                .isInstanceOf(CommandException.class)
                .hasMessage("There is no artifact 'helo.java'; did you mean deploy/hello.java?");
        assertThatThrownBy(() -> shell.run("deploy:info sum.jar"))
                .hasMessageContaining("may be any of deploy/a/sum.jar, deploy/b/sum.jar");
    }

    @Test
    public void rollsBackToThePreviousVersionAndWaitsForTheVerdict() throws Exception {
        shell.state.put("One", HELLO, "1");
        shell.state.put("Two", HELLO, "2");
        shell.state.put("Other", "deploy/other.java", "1");
        shell.deployments.set(HELLO, ACTIVE, "service hello", "");

        String printed = shell.run("deploy:rollback hello.java");

        assertThat(printed).contains("done: head is 0004", HELLO, "ACTIVE", "service hello");
        assertThat(shell.state.text(HELLO)).isEqualTo("1");
        assertThat(shell.state.text("deploy/other.java")).isEqualTo("1");
        assertThat(shell.state.newest().author()).isEqualTo(new Author("ann", "shell"));
        assertThat(shell.deployments.awaited).containsExactly(new StatePath(HELLO));
    }

    @Test
    public void rollsBackToTheVersionOfACommit() throws Exception {
        shell.state.put("One", HELLO, "1");
        shell.state.put("Two", HELLO, "2");
        shell.state.put("Three", HELLO, "3");
        shell.deployments.set(HELLO, ACTIVE, "", "");

        JsonNode done = shell.runJson("deploy:rollback hello.java --to HEAD~2 --json");
        JsonNode again = shell.runJson("deploy:rollback hello.java --to=0001 --json");

        assertThat(shell.state.text(HELLO)).isEqualTo("1");
        assertThat(done.at("/result").asText()).isEqualTo("done");
        assertThat(done.at("/artifacts/0/path").asText()).isEqualTo(HELLO);
        assertThat(again.at("/result").asText()).isEqualTo("unchanged");
        assertThat(again.at("/commit")).isEqualTo(done.at("/commit"));
    }

    @Test
    public void rollsBackEverything() throws Exception {
        shell.state.put("One", HELLO, "1", "config/a.cfg", "a");
        shell.state.put("Two", HELLO, "2", "config/a.cfg", "b");

        shell.run("deploy:rollback --all");

        assertThat(shell.state.text(HELLO)).isEqualTo("1");
        assertThat(shell.state.text("config/a.cfg")).isEqualTo("a");
        assertThat(shell.deployments.awaited).hasSize(2);
    }

    @Test
    public void bringsARemovedArtifactBack() throws Exception {
        shell.state.put("One", HELLO, "1");
        shell.state.remove("Gone", HELLO);

        shell.run("deploy:rollback hello.java");

        assertThat(shell.state.text(HELLO)).isEqualTo("1");
    }

    @Test
    public void rollsBackWhereTheArtifactStandsInTheTree() throws Exception {
        shell.state.put("One", "groups/cpu/deploy/sum.jar", "1");
        shell.state.put("Two", "groups/cpu/deploy/sum.jar", "2");
        shell.deployments.set("deploy/sum.jar", ACTIVE, "", "");

        shell.run("deploy:rollback sum.jar");

        assertThat(shell.state.text("groups/cpu/deploy/sum.jar")).isEqualTo("1");
        assertThat(shell.deployments.awaited).containsExactly(new StatePath("deploy/sum.jar"));
    }

    @Test
    public void failsWhenTheRestoredVersionFails() {
        shell.state.put("One", HELLO, "1");
        shell.state.put("Two", HELLO, "2");
        shell.deployments.set(HELLO, FAILED, "hello.java:3:7: ';' expected", "");

        assertThatThrownBy(() -> shell.run("deploy:rollback hello.java"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("1 of 1 artifacts failed")
                .hasMessageContaining("deploy/hello.java on this node: hello.java:3:7: ';' expected");
    }

    @Test
    public void waitsForTheOtherNodesAndFailsIfOneOfThemFails() throws Exception {
        shell.state.put("One", HELLO, "1");
        shell.state.put("Two", HELLO, "2");
        shell.deployments.set(HELLO, ACTIVE, "", "");
        Verdict fine = shell.deployments.verdicts().get(0);
        shell.deployments.set(HELLO, FAILED, "no such column", "");
        Verdict broken = shell.deployments.verdicts().get(0);
        shell.deployments.set(HELLO, ACTIVE, "", "");
        shell.cluster.others.put("node2", CompletableFuture.completedFuture(List.of(fine)));
        shell.cluster.others.put("node3", CompletableFuture.failedFuture(new TimeoutException()));

        assertThat(shell.run("deploy:rollback hello.java"))
                .contains("Applied as well by node2", "No answer in time from node3");

        shell.cluster.others.put("node3", CompletableFuture.completedFuture(List.of(broken)));
        shell.state.put("Three", HELLO, "3");
        assertThatThrownBy(() -> shell.run("deploy:rollback hello.java"))
                .hasMessageContaining("deploy/hello.java on node3: no such column");
        shell.state.put("Four", HELLO, "4");
        assertThat(shell.run("deploy:rollback hello.java --wait none"))
                .startsWith("done")
                .doesNotContain("node2");
        assertThatThrownBy(() -> shell.run("deploy:rollback hello.java --wait some"))
                .hasMessage("--wait is 'some', but must be one of all, majority, none");
    }

    @Test
    public void rollsNodeByNodeAndSaysWhereThatHasHalted() throws Exception {
        shell.state.put("One", HELLO, "1");
        shell.state.put("Two", HELLO, "2");
        shell.deployments.set(HELLO, WAITING, "The rolling change halted, because it failed on node3.", "");
        Verdict halted = shell.deployments.verdicts().get(0);
        shell.deployments.set(HELLO, FAILED, "no such column", "");
        Verdict broken = shell.deployments.verdicts().get(0);
        shell.deployments.set(HELLO, ACTIVE, "service hello", "");
        shell.cluster.others.put("node2", CompletableFuture.completedFuture(shell.deployments.verdicts()));

        assertThat(shell.run("deploy:rollback hello.java --rolling")).contains("Applied as well by node2");
        assertThat(shell.state.newest().pace()).isEqualTo(Pace.ROLLING);

        shell.cluster.others.put("node3", CompletableFuture.completedFuture(List.of(broken)));
        shell.cluster.others.put("node4", CompletableFuture.completedFuture(List.of(halted)));
        assertThatThrownBy(() -> shell.run("deploy:rollback hello.java --rolling"))
                .hasMessageContaining("was not applied by all nodes:")
                .hasMessageContaining("deploy/hello.java on this node is ACTIVE: service hello")
                .hasMessageContaining("deploy/hello.java on node3 is FAILED: no such column")
                .hasMessageContaining("deploy/hello.java on node4 is WAITING: The rolling change halted");

        shell.cluster.others.clear();
        shell.cluster.others.put("node2", CompletableFuture.failedFuture(new TimeoutException()));
        assertThatThrownBy(() -> shell.run("state:revert HEAD --rolling"))
                .hasMessageContaining("node2 has not answered in time");
    }

    @Test
    public void waitsForMoreThanHalfOfTheNodes() throws Exception {
        shell.state.put("One", HELLO, "1");
        shell.state.put("Two", HELLO, "2");
        shell.deployments.set(HELLO, ACTIVE, "", "");
        shell.cluster.others.put("node2", CompletableFuture.completedFuture(shell.deployments.verdicts()));
        shell.cluster.others.put("node3", new CompletableFuture<>());

        assertThat(shell.run("deploy:rollback hello.java --wait majority")).contains("Applied as well by node2");
    }

    @Test
    public void listsHowArtifactsStandOnAllNodes() throws Exception {
        shell.deployments.set(HELLO, FAILED, "here it fails", "");
        shell.cluster.others.put("node2", CompletableFuture.completedFuture(shell.deployments.verdicts()));
        shell.deployments.set(HELLO, ACTIVE, "here it serves", "");

        assertThat(shell.run("deploy:list --nodes")).contains("(this one)", "here it serves", "node2", "here it fails");
        assertThat(shell.runJson("deploy:list --nodes --json").findValuesAsText("node"))
                .containsExactly("null", "node2");
    }

    @Test
    public void failsWhenTheVerdictDoesNotComeInTime() {
        shell.state.put("One", HELLO, "1");
        shell.state.put("Two", HELLO, "2");
        shell.deployments.stuck = true;

        assertThatThrownBy(() -> shell.run("deploy:rollback hello.java --timeout 10ms"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("was not applied within 10 ms; see deploy:list");
    }

    @Test
    public void refusesWhatItCannotRollBack() {
        shell.state.put("One", HELLO, "1");

        assertThatThrownBy(() -> shell.run("deploy:rollback hello.java")).hasMessageContaining("none 1 back");
        assertThatThrownBy(() -> shell.run("deploy:rollback")).hasMessage("Name either one artifact or --all");
        assertThatThrownBy(() -> shell.run("deploy:rollback hello.java --all"))
                .hasMessage("Name either one artifact or --all");
        assertThatThrownBy(() -> shell.run("deploy:rollback hello.java --to HEAD~9"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("no commit 'HEAD~9'");
    }

    @Test
    public void completesArtifactsAndRevisions() {
        shell.state.put("One", HELLO, "1");
        shell.deployments.set(HELLO, ACTIVE, "", "");

        assertThat(shell.complete("deploy:info dep")).containsExactly(HELLO);
        assertThat(shell.complete("deploy:info hel")).containsExactly("hello.java");
        assertThat(shell.complete("deploy:rollback --to ")).containsExactly("0000cccc", "0001cccc", "HEAD");
    }
}
