package io.serai.itests.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import io.serai.itests.node.CommandLine;
import io.serai.itests.node.CommandLine.Result;
import io.serai.itests.node.NodeProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** A machine without a network, and without a repository of Maven. */
public class OfflineIT {
    /** Runs its arguments in a network namespace that has a loopback interface and nothing else. */
    private static final String ALONE =
            "exec unshare --net --map-root-user bash -c 'ip link set lo up && \"$@\"' - \"$@\"";

    private static Result alone(String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of("bash", "-c", ALONE, "-"));
        words.addAll(List.of(command));
        return CommandLine.run(words, Map.of());
    }

    @Test
    public void startsFromTheDistributionAlone() throws IOException {
        assumeTrue("network namespaces can be made here", alone("true").exitCode() == 0);
        NodeProcess node = new NodeProcess();
        String script = "HOME=$2 \"$0\" --home \"$1\" quickstart; code=$?; \"$0\" --home \"$1\" stop; exit $code";

        Result result = alone(
                "bash",
                "-c",
                script,
                node.launcher(),
                node.home().toString(),
                node.home().toString());

        assertThat(result.exitCode())
                .as("%s%s%s", result.out(), result.err(), node.log())
                .isZero();
        assertThat(result.out()).contains("Hello, Ann!");
    }
}
