package io.serai.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.Rule;
import org.junit.Test;

public class ClusterCommandsTest {
    @Rule
    public final ShellFixture shell = new ShellFixture();

    @Test
    public void showsNodesAndThatThereAreConflicts() throws Exception {
        assertThat(shell.run("cluster:status"))
                .contains("node1 (this one)", "JOINED", "UNREACHABLE", "127.0.0.1:8782", "1 file was changed")
                .contains("edge, fast2", "cluster:conflict-list");

        JsonNode json = shell.runJson("cluster:status --json");
        assertThat(json.at("/nodes")).hasSize(2);
        assertThat(json.at("/nodes/0/leads").asBoolean()).isTrue();
        assertThat(json.at("/nodes/1/head").isNull()).isTrue();
        assertThat(json.at("/nodes/1/groups")).extracting(JsonNode::asText).containsExactly("edge", "fast2");
        assertThat(json.at("/conflicts").asInt()).isEqualTo(1);
    }

    @Test
    public void makesATokenThatIsAllItPrints() throws Exception {
        assertThat(shell.run("cluster:token-create --valid 30s")).isEqualTo("serai-join-30ann\n");
        assertThat(shell.run("cluster:token-create")).isEqualTo("serai-join-600ann\n");
        assertThatThrownBy(() -> shell.run("cluster:token-create --valid soon"))
                .hasMessageContaining("'soon' is not a duration");
    }

    @Test
    public void forgetsANodeThatThereIs() throws Exception {
        assertThat(shell.run("cluster:node-forget node2")).contains("Forgot node2");
        assertThatThrownBy(() -> shell.run("cluster:node-forget nod1"))
                .hasMessage("There is no node 'nod1'; did you mean node1?");

        assertThat(shell.cluster.done).containsExactly("forget node2");
        assertThat(shell.complete("cluster:node-forget ")).containsExactlyInAnyOrder("node1", "node2");
    }

    @Test
    public void listsCertificatesWithWhatIsKnownOfThem() throws Exception {
        String[] lines = shell.run("cluster:certificate-list").split("\\R");
        assertThat(lines).hasSize(5);
        assertThat(lines[2]).contains("(authority)", "aaaaaaaaaaaaaaaa ", "1234abcd", "2026-11-23T21:13:42Z");
        assertThat(lines[3]).containsPattern("node1 .*2126-10-30T21:13:42Z \\(in \\d+ days\\) .*yes");
        assertThat(lines[4]).containsPattern("node1 .*cccc .* - .*accepted until");

        JsonNode json = shell.runJson("cluster:certificate-list --json");
        assertThat(json.at("/0/node").isNull()).isTrue();
        assertThat(json.at("/1/fingerprint").asText()).isEqualTo("b".repeat(64));
        assertThat(json.at("/1/serial").asText()).isEqualTo("1234abcd");
        assertThat(json.at("/1/until").asText()).isEqualTo("2126-10-30T21:13:42Z");
        assertThat(json.at("/2/until").isNull()).isTrue();
        assertThat(json.at("/2/inUse").asBoolean()).isFalse();
    }

    @Test
    public void saysHowFarOffAMomentIs() {
        assertThat(Wording.distance(Duration.ofDays(12).plusHours(3))).isEqualTo("in 12 days");
        assertThat(Wording.distance(Duration.ofHours(30))).isEqualTo("in 30 hours");
        assertThat(Wording.distance(Duration.ofMinutes(90).negated())).isEqualTo("90 min ago");
    }

    @Test
    public void rotatesTheCertificate() throws Exception {
        assertThat(shell.run("cluster:certificate-rotate")).contains("new certificate");

        assertThat(shell.cluster.done).containsExactly("rotate ann");
    }

    @Test
    public void listsAConflictAndSettlesIt() throws Exception {
        assertThat(shell.run("cluster:conflict-list")).contains("deploy/hello.java", "aaaaaaaa", "0000cccc");
        assertThat(shell.complete("cluster:conflict-resolve ")).contains("deploy/hello.java");
        assertThatThrownBy(() -> shell.run("cluster:conflict-resolve deploy/helo.java"))
                .hasMessageContaining("did you mean deploy/hello.java?");

        assertThat(shell.run("cluster:conflict-resolve hello.java --take-lost")).contains("put aside");

        assertThat(shell.cluster.done).containsExactly("takeLost ann");
        assertThat(shell.run("cluster:conflict-list")).contains("There is no conflict");
    }

    @Test
    public void leavesTheFileAsItIsUnlessToldOtherwise() throws Exception {
        assertThat(shell.run("cluster:conflict-resolve deploy/hello.java")).contains("left as it is");

        assertThat(shell.cluster.done).containsExactly("keepWon ann");
    }
}
