package io.serai.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.api.deploy.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ObjectCommandsTest {
    private static final String CHANNEL =
            "serai:put rest-channel orders path=/orders methods=GET methods=POST service=s";

    @Rule
    public final ShellFixture shell = new ShellFixture();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void putsAnObjectOfFieldsAndShowsIt() throws Exception {
        assertThat(shell.run(CHANNEL)).contains("rest-channel/orders created");

        assertThat(shell.state.newest().author().name()).isEqualTo("ann");
        assertThat(shell.state.newest().author().face()).isEqualTo("shell");
        assertThat(shell.run("serai:get rest-channel orders")).contains("path: /orders", "- POST", "# etag: ");
        assertThat(shell.run("serai:get rest-channel")).contains("NAME", "orders", "/orders", "GET, POST");
        JsonNode json = shell.runJson("serai:get rest-channel orders --json");
        assertThat(json.at("/spec/methods/1").asText()).isEqualTo("POST");
        assertThat(shell.run(CHANNEL)).contains("rest-channel/orders unchanged");
    }

    @Test
    public void listsWhatMeetsAllConditionsPageByPage() throws Exception {
        shell.run(CHANNEL);
        shell.run(
                "serai:put rest-channel people '{\"path\": \"/people\", \"methods\": [\"GET\"], \"service\": \"s\"}'");

        assertThat(names("serai:get rest-channel --json --filter spec.path~PEO --filter spec.service=s"))
                .containsExactly("people");
        JsonNode first = shell.runJson("serai:get rest-channel --json --limit 1 --fields spec.path");
        assertThat(first.at("/items/0").toString())
                .isEqualTo("{\"kind\":\"rest-channel\",\"name\":\"orders\",\"spec\":{\"path\":\"/orders\"}}");
        assertThat(names("serai:get rest-channel --json --cursor "
                        + first.at("/next").asText()))
                .containsExactly("people");
        assertThatThrownBy(() -> shell.run("serai:get rest-channel --filter path"))
                .hasMessageContaining("field=value");
        assertThatThrownBy(() -> shell.run("serai:get rest-chanel")).hasMessageContaining("did you mean rest-channel?");
        assertThatThrownBy(() -> shell.run("serai:get rest-channel order")).hasMessageContaining("orders");
    }

    private List<String> names(String line) throws Exception {
        return shell.runJson(line).at("/items").findValuesAsText("name");
    }

    @Test
    public void refusesAnObjectThatIsWrongAndNamesEachField() {
        assertThatThrownBy(() -> shell.run("serai:put rest-channel orders pth=/orders methods=FETCH service=s"))
                .hasMessageContaining("pth")
                .hasMessageContaining("did you mean path?")
                .hasMessageContaining("spec.methods.0 must be one of GET");
        assertThatThrownBy(() -> shell.run("serai:put rest-channel orders /orders"))
                .hasMessageContaining("field=value");
        assertThat(shell.state.text("objects/rest-channel/orders.yaml")).isEmpty();
    }

    @Test
    public void changesOnlyWhatSomebodyHasSeen() throws Exception {
        shell.run(CHANNEL + " --new");
        String etag = shell.runJson("serai:get rest-channel orders --json")
                .at("/etag")
                .asText();
        assertThatThrownBy(() -> shell.run(CHANNEL + " --new")).hasMessageContaining("rest-channel/orders");
        String changed = CHANNEL.replace("path=/orders", "path=/other");
        assertThat(shell.run(changed + " --dry-run")).contains("configured (dry run)");

        assertThat(shell.run(changed + " --if-match " + etag)).contains("configured");

        assertThatThrownBy(() -> shell.run(CHANNEL + " --if-match " + etag))
                .hasMessageContaining("rest-channel/orders");
        assertThatThrownBy(() -> shell.run("serai:delete rest-channel orders --if-match " + etag))
                .hasMessageContaining("rest-channel/orders");
        assertThat(shell.run("serai:delete rest-channel orders")).contains("rest-channel/orders deleted");
        assertThatThrownBy(() -> shell.run("serai:delete rest-channel orders")).hasMessageContaining("orders");
    }

    @Test
    public void appliesWhatItHasExportedAndSaysWhatDiffers() throws Exception {
        shell.run(CHANNEL);
        String exported = shell.run("serai:export");
        Path file = Files.writeString(folder.newFile().toPath(), exported.replace("/orders", "/other"));

        assertThat(shell.run("serai:export | serai:diff")).isEmpty();
        assertThat(shell.run("serai:diff " + file))
                .contains("~ rest-channel/orders", "- /spec/path: /orders", "+ /spec/path: /other");
        assertThat(shell.run("serai:export | serai:apply")).contains("rest-channel/orders unchanged");
        assertThat(shell.run("serai:apply --dry-run " + file)).contains("rest-channel/orders configured (dry run)");
        assertThat(shell.runJson("serai:apply " + file + " --json")
                        .at("/objects/0/action")
                        .asText())
                .isEqualTo("configured");
        Path nothing = Files.writeString(folder.newFile().toPath(), "[]");
        assertThat(shell.run("serai:apply " + nothing + " --prune rest-channel"))
                .contains("rest-channel/orders deleted");
    }

    @Test
    public void putsAndGivesAFileAsItIs() throws Exception {
        Path file = Files.writeString(folder.newFile("a.txt").toPath(), "as it is");

        assertThat(shell.run("serai:upload artifact a.txt " + file)).contains("artifact/a.txt created");

        assertThat(shell.run("serai:download artifact a.txt")).isEqualTo("as it is");
        Path target = folder.getRoot().toPath().resolve("b.txt");
        shell.run("serai:download artifact a.txt " + target);
        assertThat(target).hasContent("as it is");
        assertThat(shell.run("serai:download artifact a.txt | serai:upload artifact b.txt"))
                .contains("b.txt created");
    }

    @Test
    public void doesActionsWithObjectsAndKinds() throws Exception {
        shell.run(CHANNEL);
        shell.run(CHANNEL.replace("path=/orders", "path=/other"));

        assertThat(shell.runJson("serai:run rest-channel rollback orders to=1")
                        .at("/path")
                        .asText())
                .isEqualTo("objects/rest-channel/orders.yaml");

        assertThat(shell.state.text("objects/rest-channel/orders.yaml")).contains("/orders");
        assertThat(shell.runJson("serai:run rest-channel history orders '{\"limit\": 2}'")
                        .at("/revisions"))
                .hasSize(2);
        assertThat(shell.runJson("serai:run node create-token validity=PT30S")
                        .at("/token")
                        .asText())
                .isEqualTo("serai-join-30ann");
        assertThatThrownBy(() -> shell.run("serai:run rest-channel rolback orders"))
                .hasMessageContaining("did you mean rollback?");
        assertThatThrownBy(() -> shell.run("serai:run rest-channel rollback")).hasMessageContaining("name it behind");
    }

    @Test
    public void tellsOfKindsAndCompletesThem() throws Exception {
        shell.run(CHANNEL);

        assertThat(shell.run("serai:kinds")).contains("rest-channel", "rollback", "create-token");
        assertThat(shell.runJson("serai:kinds rest-channel").at("/properties").has("path"))
                .isTrue();
        assertThat(shell.complete("serai:get rest-")).containsExactly("rest-channel");
        assertThat(shell.complete("serai:get rest-channel o")).containsExactly("orders");
        assertThat(shell.complete("serai:put rest-channel orders meth")).containsExactly("methods=");
        assertThat(shell.complete("serai:run rest-channel ro")).containsExactly("rollback");
        assertThat(shell.complete("serai:run rest-channel rollback or")).containsExactly("orders");
        assertThat(shell.complete("serai:run rest-channel rollback orders rol")).containsExactly("rolling=");
    }

    @Test
    public void whoMayOnlyReadIsRefusedEverythingThatChanges() throws Exception {
        shell.run(CHANNEL);
        shell.deployments.set("deploy/a.jar", Verdict.State.ACTIVE, "", "");
        shell.state.put("One", "deploy/a.jar", "1");
        shell.state.put("Two", "deploy/a.jar", "2");
        String channel = "kind: rest-channel\nname: more\nspec:\n  path: /more\n  methods: [GET]\n  service: s\n";
        shell.state.put("Text", "deploy/more.txt", channel);
        shell.services.set("hello", Object.class);
        String head = shell.state.head().commit().value();
        List<String> changes = List.of(
                "cluster:certificate-rotate",
                "cluster:conflict-resolve hello.java",
                "cluster:node-forget node2",
                "cluster:token-create",
                "deploy:rollback --all",
                "deploy:rollback a.jar",
                "serai:delete rest-channel orders",
                "serai:download artifact more.txt | serai:apply",
                "serai:put rest-channel more path=/more methods=GET service=s",
                "serai:run node create-token",
                "serai:run rest-channel rollback orders",
                "serai:upload artifact a.jar /etc/hostname",
                "serai:upload artifact a.jar",
                "service:invoke hello a=1",
                "state:compact",
                "state:put config/a.cfg /etc/hostname",
                "state:remove deploy/a.jar",
                "state:revert HEAD");
        for (String change : changes) {
            shell.users.refused.clear();
            assertThat(catchThrowable(() -> shell.runAs("vic", "viewer", change)))
                    .as(change)
                    .hasMessageContaining("may not");
            assertThat(shell.users.refused).as(change).isNotEmpty();
        }

        assertThat(shell.state.head().commit().value()).isEqualTo(head);
        assertThat(shell.cluster.done).isEmpty();
        assertThat(shell.services.calls).isEmpty();
        assertThatThrownBy(() -> shell.runAs("vic", "viewer", "state:show HEAD deploy/a.jar"))
                .hasMessageContaining("may not read state");
        assertThatThrownBy(() -> shell.runAs("vic", "viewer", "serai:apply /etc/hostname"))
                .as("the files of the machine are not for everybody")
                .hasMessageContaining("may not");
        assertThat(shell.runAs("vic", "viewer", "serai:get rest-channel")).contains("orders");
    }
}
