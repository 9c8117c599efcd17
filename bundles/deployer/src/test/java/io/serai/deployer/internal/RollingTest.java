package io.serai.deployer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.api.deploy.Verdict;
import io.serai.api.deploy.Verdict.State;
import io.serai.api.state.CommitId;
import io.serai.api.state.Pace;
import io.serai.deployer.fixture.MemoryRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.BundleException;

public class RollingTest {
    private static final String PATH = "deploy/a.route";
    private static final String OTHER = "deploy/b.route";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final MemoryRepository repository = new MemoryRepository();
    private final TestNodes nodes = new TestNodes(repository, folder);

    @Before
    public void start() throws Exception {
        nodes.start("node1", "node2", "node3");
        CommitId old = repository.put(Map.of(PATH, bytes("old"), OTHER, bytes("old")));
        nodes.all().forEach(node -> node.rig().verdicts(old, PATH, OTHER));
        nodes.applied.clear();
    }

    @After
    public void stop() throws Exception {
        nodes.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private CommitId roll(String text) {
        return repository.put(Map.of(PATH, bytes(text)), Pace.ROLLING);
    }

    private Verdict now(String node) {
        return nodes.get(node).rig().verdictNow(PATH);
    }

    private Verdict settled(String node, CommitId commit) {
        return nodes.get(node).rig().verdict(commit, PATH);
    }

    @Test
    public void goesFromNodeToNode() {
        nodes.get("node1").block();
        CommitId commit = roll("new");

        await().untilAsserted(() ->
                assertThat(now("node3").message()).isEqualTo("waits for node1 to have applied it (rolling)"));
        assertThat(now("node2").state()).isEqualTo(State.DEPLOYING);
        assertThat(now("node2").serving()).isPresent().isNotEqualTo(now("node2").wanted());
        assertThat(nodes.applied).containsExactly("node1 new");
        nodes.get("node1").unblock();

        assertThat(settled("node3", commit).state()).isEqualTo(State.ACTIVE);
        assertThat(nodes.applied).containsExactly("node1 new", "node2 new", "node3 new");
    }

    @Test
    public void goesInTheOrderOfNumbersInNames() throws BundleException, IOException {
        nodes.start("node10");
        await().untilAsserted(
                        () -> assertThat(nodes.get("node10").serving(PATH)).isEqualTo("old"));
        nodes.get("node2").block();
        CommitId commit = roll("new");

        await().untilAsserted(() ->
                assertThat(now("node10").message()).isEqualTo("waits for node2 to have applied it (rolling)"));
        nodes.get("node2").unblock();

        assertThat(settled("node10", commit).state()).isEqualTo(State.ACTIVE);
        assertThat(nodes.applied).endsWith("node1 new", "node2 new", "node3 new", "node10 new");
    }

    @Test
    public void haltsWhereItFailsUntilNextChange() {
        CommitId broken = roll("fail on node2");

        assertThat(settled("node1", broken).state()).isEqualTo(State.ACTIVE);
        assertThat(settled("node2", broken).state()).isEqualTo(State.FAILED);
        Verdict halted = settled("node3", broken);
        assertThat(halted.state()).isEqualTo(State.WAITING);
        assertThat(halted.message())
                .contains("halted, because it failed on node2: It cannot run here. Commit a fix")
                .contains("state:revert " + broken.shortValue())
                .endsWith("The version deployed before goes on serving.");
        assertThat(nodes.get("node3").serving(PATH)).isEqualTo("old");

        CommitId fix = roll("fixed");

        nodes.all().forEach(node -> assertThat(node.rig().verdict(fix, PATH).state())
                .isEqualTo(State.ACTIVE));
        assertThat(nodes.applied).endsWith("node1 fixed", "node2 fixed", "node3 fixed");
    }

    @Test
    public void undoingMakesVerdictsGoodAgain() {
        settled("node3", roll("fail on node2"));

        CommitId undone = repository.put(PATH, "old");

        nodes.all().forEach(node -> assertThat(node.rig().verdict(undone, PATH).state())
                .isEqualTo(State.ACTIVE));
        assertThat(nodes.applied).doesNotContain("node3 old");
    }

    @Test
    public void failureOfOnePartHaltsTheWholeChange() {
        CommitId commit = repository.put(Map.of(PATH, bytes("fail on node1"), OTHER, bytes("new")), Pace.ROLLING);

        List<Verdict> verdicts = nodes.get("node2").rig().verdicts(commit, PATH, OTHER);

        assertThat(verdicts).extracting(Verdict::state).containsOnly(State.WAITING);
        assertThat(nodes.get("node2").serving(OTHER)).isEqualTo("old");
    }

    @Test
    public void doesNotWaitForNodeThatIsOutOfReach() {
        nodes.get("node1").block();
        CommitId commit = roll("new");
        await().until(() -> nodes.applied.contains("node1 new"));

        nodes.cut("node1");

        assertThat(settled("node3", commit).state()).isEqualTo(State.ACTIVE);
        nodes.get("node1").unblock();
    }

    @Test
    public void staysHaltedWhenTheNodeThatFailedGoes() {
        CommitId broken = roll("fail on node2");
        settled("node3", broken);

        nodes.cut("node2");

        await().during(Duration.ofMillis(600)).until(() -> now("node3").state() == State.WAITING);
        assertThat(nodes.get("node3").serving(PATH)).isEqualTo("old");
    }

    @Test
    public void waitsWithNodeBeforeItForWhatThatNeeds() {
        CommitId commit = roll("needs more on node1");

        assertThat(settled("node2", commit).state()).isEqualTo(State.WAITING);
        assertThat(now("node2").message()).contains("waits for node1").contains("It waits for more");
    }

    @Test
    public void restartDoesNotSpreadHaltedChange() throws Exception {
        CommitId broken = roll("fail on node2");
        settled("node3", broken);
        nodes.applied.clear();

        nodes.restart("node3");

        assertThat(settled("node3", broken).state()).isEqualTo(State.WAITING);
        await().until(() -> nodes.get("node3").serving(PATH).equals("old"));
        await().until(() -> now("node3").serving().isPresent());
        assertThat(nodes.applied).doesNotContain("node3 fail on node2");
    }

    @Test
    public void whatWasServedServesAgainWithoutTurn() throws Exception {
        CommitId commit = roll("new");
        settled("node3", commit);
        nodes.get("node1").block();
        int questions = nodes.questions.get();

        nodes.restart("node3");

        assertThat(settled("node3", commit).state()).isEqualTo(State.ACTIVE);
        assertThat(nodes.questions).hasValue(questions);
    }

    @Test
    public void nodeThatWasAwayServesWhatItServedUntilItsTurn() throws Exception {
        nodes.stop("node3");
        nodes.get("node2").block();
        CommitId commit = roll("new");

        nodes.restart("node3");

        await().until(() -> nodes.get("node3").serving(PATH).equals("old"));
        assertThat(now("node3").state()).isEqualTo(State.DEPLOYING);
        nodes.get("node2").unblock();
        assertThat(settled("node3", commit).state()).isEqualTo(State.ACTIVE);
        assertThat(nodes.get("node3").serving(PATH)).isEqualTo("new");
    }

    @Test
    public void asksNobodyAboutOtherChanges() {
        CommitId commit = repository.put(PATH, "new");

        nodes.all().forEach(node -> assertThat(node.rig().verdict(commit, PATH).state())
                .isEqualTo(State.ACTIVE));
        assertThat(nodes.questions).hasValue(0);
    }
}
