package io.serai.admin.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.serai.admin.internal.GitClient.Result;
import io.serai.admin.internal.git.TestLogins;
import io.serai.admin.internal.git.TestState;
import io.serai.api.security.AuditLog.Event;
import io.serai.api.security.AuditLog.Outcome;
import io.serai.api.state.StatePath;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class GitTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final TestAdmin admin = new TestAdmin()
            .with("git_object_max_bytes", 2_000_000L)
            .with("git_push_max_bytes", 5_000_000L)
            .with("git_push_wait_millis", 1_000L)
            .with("idle_timeout_millis", 400L);

    private GitFixture fixture;
    private TestState state;
    private GitClient git;

    @Before
    public void cloneTheState() throws Exception {
        fixture = new GitFixture(admin, folder);
        state = fixture.state();
        git = fixture.git();
        git.must("", "clone", "--quiet", url("alice"), "work");
    }

    @Test
    public void aPushIsDeployedWithItsHistoryBeforeItReturns() throws Exception {
        git.commit("work", "deploy/a.txt", "a");
        git.commit("work", "deploy/b.txt", "b");

        String said = git.must("work", "push", "origin", "main");

        String head = git.must("work", "rev-parse", "HEAD");
        assertThat(state.head()).isEqualTo(head);
        assertThat(state.awaited).containsExactly(new StatePath("deploy/a.txt"), new StatePath("deploy/b.txt"));
        assertThat(said)
                .contains(
                        "remote: The head is " + head.substring(0, 8) + " now.",
                        "remote: node1: deploy/a.txt ACTIVE: serves",
                        "remote: node1: deploy/b.txt ACTIVE: serves",
                        "remote: node2: deploy/b.txt ACTIVE: serves",
                        "remote: node3: has not said in time");
        assertThat(git.must("", "clone", "--quiet", url("bob"), "other")).isEmpty();
        assertThat(git.must("other", "log", "--format=%an %s"))
                .startsWith("Somebody Change deploy/b.txt\nSomebody Change deploy/a.txt\n");
        assertThat(git.must("work", "status", "--short", "--branch")).isEqualTo("## main...origin/main");
        assertThat(state.audit().events())
                .filteredOn(event -> event.action().equals("push"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.outcome()).isEqualTo(Outcome.DONE);
                    assertThat(event.detail()).endsWith(" to " + head);
                });
        assertThat(state.audit().events())
                .extracting(Event::user, Event::action)
                .contains(tuple("bob", "read"));
    }

    @Test
    public void aPushThatIsNotDeployedInTimeStandsAndSaysSo() throws Exception {
        state.settles = false;
        git.commit("work", "deploy/a.txt", "a");

        assertThat(git.must("work", "push", "origin", "main"))
                .contains("remote: node1: not all is deployed after 1 s; deploy:list shows how it goes on.");
        assertThat(state.head()).isEqualTo(git.must("work", "rev-parse", "HEAD"));
    }

    @Test
    public void anInvalidFileIsNamedAndNothingIsTaken() throws Exception {
        git.commit("work", "deploy/a.txt", "a");
        git.commit("work", "deploy/b.txt", "invalid");

        refuses(push("main"), "remote: deploy/b.txt: it says so ?[31mitself", "1 files were refused");
    }

    @Test
    public void nothingButTheBranchOfTheStateCanBePushedTo() throws Exception {
        git.commit("work", "deploy/a.txt", "a");
        git.must("work", "tag", "v1");

        refuses(push("main:other"), "main -> other (the state is refs/heads/main");
        assertThat(state.audit().events()).extracting(Event::outcome).contains(Outcome.REFUSED);
        refuses(push("v1"), "the state is refs/heads/main");
        refuses(push(":main"), "the state cannot be deleted");
        refuses(push("HEAD^{tree}:refs/tags/tree"), "the state is refs/heads/main");
        refuses(git.run("work", "push", "--atomic", "origin", "main", "v1"), "the state is refs/heads/main");
        assertThat(state.repository().getRefDatabase().getRefs()).hasSize(2);
    }

    @Test
    public void historyIsNotRewritten() throws Exception {
        git.commit("work", "deploy/a.txt", "a");
        git.must("work", "push", "origin", "main");
        git.must("work", "commit", "--quiet", "--amend", "--message", "Another");

        refuses(push("main"), "rejected");
        refuses(git.run("work", "push", "--force", "origin", "main"), "history cannot be rewritten");
    }

    @Test
    public void whoIsBehindFetchesFirst() throws Exception {
        git.must("", "clone", "--quiet", url("alice"), "other");
        git.commit("other", "deploy/b.txt", "b");
        git.must("other", "push", "origin", "main");
        git.commit("work", "deploy/a.txt", "a");

        refuses(push("main"), "fetch first");
        git.must("work", "pull", "--quiet", "--rebase");
        assertThat(git.must("work", "push", "origin", "main")).contains("The head is");
    }

    @Test
    public void whoIsOvertakenWhilePushingFetchesFirst() throws Exception {
        String before = state.head();
        git.commit("work", "deploy/a.txt", "a");
        git.must("work", "push", "origin", "main");
        git.must("", "clone", "--quiet", "work", "other");
        git.must("other", "reset", "--quiet", "--hard", before);
        git.commit("other", "deploy/b.txt", "b");
        String tip = git.must("other", "rev-parse", "HEAD");
        String command = before + " " + tip + " refs/heads/main\0 report-status";
        ByteArrayOutputStream push = new ByteArrayOutputStream();
        push.writeBytes("%04x%s0000".formatted(command.length() + 4, command).getBytes(StandardCharsets.US_ASCII));
        push.writeBytes(git.pack("other", tip, before));

        HttpResponse<String> answer = admin.send(HttpRequest.newBuilder(admin.uri("/git/state.git/git-receive-pack"))
                .header("Content-Type", "application/x-git-receive-pack-request")
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(("alice:" + TestLogins.password("alice"))
                                                .getBytes(StandardCharsets.UTF_8)))
                .POST(BodyPublishers.ofByteArray(push.toByteArray())));

        assertThat(answer.body()).contains("unpack ok", "ng refs/heads/main fetch first");
        assertThat(state.head()).isEqualTo(git.must("work", "rev-parse", "HEAD"));
    }

    @Test
    public void largeFilesPassUpToALimit() throws Exception {
        git.commit("work", "deploy/large.bin", random(2_000_000, 0));
        git.must("work", "push", "origin", "main");

        git.commit("work", "deploy/larger.bin", random(2_000_001, 1));
        refuses(push("main"), "Object too large");
        git.must("work", "reset", "--quiet", "--hard", "origin/main");
        for (int i = 0; i < 3; i++) {
            git.commit("work", "deploy/" + i + ".bin", random(1_900_000, i));
        }
        refuses(push("main"), "Pack exceeds the limit");
    }

    @Test
    public void whatGitItselfWouldNotMakeIsRefused() throws Exception {
        git.commit("work", "deploy/a.txt", "a");
        byte[] blob = HexFormat.of().parseHex(git.must("work", "rev-parse", "HEAD:deploy/a.txt"));
        ByteArrayOutputStream trap = new ByteArrayOutputStream();
        trap.writeBytes("100644 .git\0".getBytes(StandardCharsets.US_ASCII));
        trap.writeBytes(blob);
        Path file = Files.write(folder.newFile("tree").toPath(), trap.toByteArray());
        String tree = git.must("work", "hash-object", "-w", "-t", "tree", "--literally", file.toString());
        String commit = git.must("work", "commit-tree", "-p", "HEAD", "-m", "Trap", tree);

        refuses(push(commit + ":main"), "invalid");
    }

    @Test
    public void onlyUsersWithTheRoleGetIn() throws Exception {
        git.commit("work", "deploy/a.txt", "a");

        assertThat(git.run("", "clone", url("carol"), "c").output()).contains("403");
        refuses(git.run("work", "push", url("carol"), "main"), "403");
        assertThat(git.run("", "clone", url("nobody"), "n").output()).contains("Authentication failed");
        assertThat(git.run("", "clone", admin.uri("/git/state.git").toString(), "n")
                        .output())
                .contains("could not read Username");
    }

    @Test
    public void aPushIsRefusedNamingEachFileThatThePusherMayNotChange() throws Exception {
        git.commit("work", "deploy/early.txt", "e");
        git.must("work", "push", "origin", "main");
        git.commit("work", "deploy/dave.txt", "d");
        git.commit("work", "nodes/node1/deploy/dave.txt", "d");
        String allowed = git.must("work", "rev-parse", "HEAD");
        git.commit("work", "deploy/other.txt", "o");
        git.commit("work", "config/a.b.cfg", "x = y");
        git.commit("work", "groups/edge/objects/user/eve.yaml", "e");
        git.commit("work", "features.yaml", "f");
        git.commit("work", "odd/file", "o");
        git.must("work", "rm", "--quiet", "deploy/early.txt");
        git.must("work", "commit", "--quiet", "--message", "Remove");

        refuses(
                git.run("work", "push", url("dave"), "main"),
                "remote: deploy/other.txt: User dave may not write artifact/other.txt",
                "remote: config/a.b.cfg: User dave may not write configuration/a.b",
                "remote: groups/edge/objects/user/eve.yaml: User dave may not write user/eve",
                "remote: features.yaml: User dave may not write feature/features.yaml",
                "remote: odd/file: User dave may not write state/odd/file",
                "remote: deploy/early.txt: User dave may not delete artifact/early.txt",
                "6 files were refused, which you may not change");
        refuses(git.run("work", "push", url("bob"), allowed + ":main"), "may not write artifact/dave.txt");
        assertThat(git.must("work", "push", url("dave"), allowed + ":main")).contains("The head is");
    }

    @Test
    public void aPushGivesNobodyMoreThanThePusherHas() throws Exception {
        git.commit("work", "deploy/dangerous.txt", "d");

        refuses(
                git.run("work", "push", url("dave"), "main"),
                "remote: deploy/dangerous.txt: User dave has less than that");
    }

    private Result push(String refspec) throws Exception {
        return git.run("work", "push", "origin", refspec);
    }

    private void refuses(Result result, String... parts) throws Exception {
        assertThat(result.output()).contains(parts).doesNotContain("Exception", "RPC failed");
        assertThat(result.status()).isNotZero();
        assertThat(state.head()).isNotEqualTo(git.must("work", "rev-parse", "HEAD"));
    }

    private String url(String user) {
        return fixture.url(user);
    }

    private static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
