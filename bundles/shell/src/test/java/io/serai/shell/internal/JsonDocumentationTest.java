package io.serai.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.api.deploy.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;

public class JsonDocumentationTest {
    @Rule
    public final ShellFixture shell = new ShellFixture();

    @Test
    public void everyFieldOfEveryJsonOutputIsInTheReadme() throws Exception {
        shell.services.set("hello", Map.class);
        shell.services.setBusy("hello");
        shell.services.ofNodes = ServiceCommandsTest.ofNodes();
        shell.services.answer = input -> List.of();
        shell.state.put("One", "deploy/a.java", "1");
        shell.state.put("Two", "deploy/a.java", "2");
        shell.deployments.set("deploy/a.java", Verdict.State.ACTIVE, "", "");
        String readme = Files.readString(Path.of("README.md"));

        List<String> commands = List.of(
                "cluster:status",
                "cluster:token-create",
                "cluster:node-forget node2",
                "cluster:certificate-list",
                "cluster:certificate-rotate",
                "cluster:conflict-list",
                "cluster:conflict-resolve hello.java",
                "service:list",
                "service:list --nodes",
                "service:info hello",
                "service:info hello --nodes",
                "service:invoke hello",
                "deploy:list",
                "deploy:info a.java",
                "deploy:rollback a.java",
                "state:log",
                "state:diff",
                "state:show",
                "state:show HEAD a.java",
                "state:revert HEAD");

        for (String command : commands) {
            JsonNode json = shell.runJson(command + " --json");
            JsonNode object = json.isArray() ? json.get(0) : json;
            assertFieldsAreDocumented(object, command, readme);
        }
    }

    private static void assertFieldsAreDocumented(JsonNode json, String command, String readme) {
        json.properties().forEach(field -> {
            assertThat(readme).as("field of " + command).contains("`" + field.getKey() + "`");
            if (!field.getKey().equals("headers")) {
                assertFieldsAreDocumented(field.getValue(), command, readme);
            }
        });
        if (json.isArray()) {
            json.forEach(element -> assertFieldsAreDocumented(element, command, readme));
        }
    }
}
