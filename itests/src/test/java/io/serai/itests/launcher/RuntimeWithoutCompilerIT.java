package io.serai.itests.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.itests.node.CommandLine;
import io.serai.itests.node.CommandLine.Result;
import io.serai.itests.node.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A node on a JRE: what a Java has that runs programs and compiles none. */
public class RuntimeWithoutCompilerIT {
    private static final String MODULES =
            "java.se,jdk.crypto.ec,jdk.localedata,jdk.management,jdk.net,jdk.security.auth,jdk.unsupported,jdk.zipfs";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final NodeProcess node = new NodeProcess();

    @After
    public void stop() {
        node.stop();
    }

    @Test
    public void compilesWhatIsDropped() throws IOException {
        Path runtime = folder.getRoot().toPath().resolve("a runtime");
        int made = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> new AssertionError("These tests need a JDK with jlink"))
                .run(System.out, System.err, "--add-modules", MODULES, "--output", runtime.toString());
        assertThat(made).as("exit code of jlink").isZero();
        String java = runtime.resolve("bin/java").toString();
        assertThat(CommandLine.run(List.of(java, "--list-modules"), Map.of()).out())
                .contains("java.base@")
                .doesNotContain("jdk.compiler");

        Result quickstart = node.serai(Map.of("JAVA_HOME", runtime.toString()), "quickstart");

        assertThat(quickstart.exitCode())
                .as("%s%s%s", quickstart.out(), quickstart.err(), node.log())
                .isZero();
        assertThat(quickstart.out()).contains("{\"text\":\"Hello, Ann!\"}");
        String broken = Files.readString(node.deploy().resolve("Hello.java")).replace("Query query", "Qery query");
        JsonNode verdict = node.deploy("Hello.java", broken);
        assertThat(verdict.path("message").asText()).contains("Hello.java:", "Qery");
    }
}
