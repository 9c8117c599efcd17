package io.serai.itests.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.itests.node.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.ClassRule;
import org.junit.Test;

/** Bundles from the public repository, deployed as they are. */
public class ThirdPartyIT {
    @ClassRule
    public static final NodeProcess NODE = new NodeProcess();

    @Test
    public void deploysCommonsLang() throws IOException {
        assertActive(deploy("commons-lang3.jar"));
        JsonNode user = NODE.deploy(
                "Capital.java",
                TestBundle.serviceSource("Capital", "capital", "x")
                        .replace("\"x\"", "org.apache.commons.lang3.StringUtils.capitalize(\"serai\")"));
        assertActive(user);
        assertThat(NODE.get("/capital").body()).contains("Serai");
    }

    @Test
    public void deploysFelixWebConsole() throws IOException {
        assertActive(deploy("org.apache.felix.webconsole.jar"));
        assertThat(NODE.get("/system/console").statusCode())
                .as("the console asks for a user")
                .isIn(302, 401, 403);
    }

    @Test
    public void deploysGogoCommands() throws IOException {
        assertActive(deploy("org.apache.felix.gogo.command.jar"));
    }

    private static JsonNode deploy(String name) throws IOException {
        return NODE.deploy(
                name,
                Files.readAllBytes(
                        Path.of(System.getProperty("serai.third.party")).resolve(name)));
    }

    private static void assertActive(JsonNode verdict) {
        assertThat(verdict.path("state").asText())
                .as("%s%n%s", verdict, NODE.log())
                .isEqualTo("ACTIVE");
    }
}
