package io.serai.itests.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.itests.node.NodeProcess;
import io.serai.itests.node.SmallDisk;
import java.io.IOException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.RuleChain;

/** A node whose state lies on a disk that fills up. */
public class DiskFullIT {
    private final NodeProcess node = new NodeProcess();
    private final SmallDisk disk = new SmallDisk(node, "2m");

    @Rule
    public final RuleChain rules = RuleChain.outerRule(disk).around(node);

    @Test
    public void refusesChangeServesOnAndHealsWhenThereIsRoom() throws IOException {
        node.deploy("Before.java", TestBundle.serviceSource("Before", "before", "one"));
        disk.fillUp();

        JsonNode refused = node.deploy("Before.java", TestBundle.serviceSource("Before", "before", "two"));
        assertThat(refused.path("state").asText()).as("%s", refused).isEqualTo("FAILED");
        assertThat(refused.path("message").asText()).containsIgnoringCase("space");
        assertThat(node.get("/before").body()).contains("one");

        disk.free();
        node.awaitAnswer("/before", "two");
        node.awaitState("Before.java", "ACTIVE");
    }
}
