package io.serai.cli.internal.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.cli.internal.command.Commands;
import io.serai.cli.internal.line.TestTerminal.Result;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class SeraiLineTest {
    @Rule
    public final TestCluster cluster = new TestCluster();

    @Rule
    public final TestTerminal terminal = new TestTerminal();

    @Before
    public void logIn() throws Exception {
        terminal.in(cluster);
    }

    @Test
    public void everyCommandExplainsItselfWithAnExample() {
        List<List<String>> commands = new ArrayList<>();
        Commands.names().forEach(name -> commands.add(List.of(name)));
        for (String verb : List.of("list", "use", "show", "remove")) {
            commands.add(List.of("context", verb));
        }
        for (String verb : List.of("list", "get", "add", "set", "delete", "upload", "download", "rollback")) {
            commands.add(List.of("artifact", verb));
        }
        for (String verb : List.of("list", "get", "stats", "invoke")) {
            commands.add(List.of("service", verb));
        }
        for (List<String> command : commands) {
            List<String> words = new ArrayList<>(command);
            words.add("--help");

            Result help = terminal.serai(words.toArray(String[]::new));

            assertThat(help.code()).as(command + help.err()).isZero();
            assertThat(help.out())
                    .as(command.toString())
                    .contains("Usage: serai " + command.get(0), "Example: serai ", "Exit codes: 0 done")
                    .doesNotContain("\u001b");
        }
    }

    @Test
    public void kindsAreNounsWithTheirVerbs() {
        assertThat(terminal.serai("service", "--help").out())
                .contains("invoke", "stats", "list", "get")
                .doesNotContain("delete");
        assertThat(terminal.serai("artifact", "--help").out()).contains("upload", "rollback", "delete");
    }

    @Test
    public void theNearestWordIsProposed() {
        proposes(2, "status", "statsu");
        proposes(2, "deploy", "deplyo");
        proposes(2, "rest-channel", "rest-chanel", "list");
        proposes(2, "invoke", "service", "invke");
        proposes(2, "--filter", "get", "service", "--fliter", "x");
        proposes(3, "service", "get", "servce");
        assertThat(terminal.serai("get").code()).isEqualTo(2);
        assertThat(terminal.serai("rest-channel", "get").err()).contains("NAME", "serai rest-channel get --help");
    }

    private void proposes(int code, String meant, String... words) {
        Result result = terminal.serai(words);
        assertThat(result.code()).as(String.join(" ", words)).isEqualTo(code);
        assertThat(result.err()).startsWith("Error: ").contains("Did you mean '" + meant + "'?", "Hint: serai ");
    }

    @Test
    public void coloursAreForTerminalsOfThoseWhoWantThem() {
        terminal.terminal = true;
        assertThat(terminal.serai("get", "--help").out()).contains("\u001b[");
        terminal.environment.put("NO_COLOR", "1");
        assertThat(terminal.serai("get", "--help").out()).doesNotContain("\u001b");
    }

    @Test
    public void durationsAreChecked() {
        assertThat(terminal.serai("get", "service", "--timeout", "soon").code()).isEqualTo(2);
    }

    @Test
    public void wordsAreCompletedWithWhatTheClusterHas() {
        cluster.on(
                "GET /api/v1/service",
                200,
                "{\"items\":[{\"name\":\"orders.get\"},{\"name\":\"orders.put\"},{\"name\":\"x\"}]}");

        assertThat(complete("de")).containsExactly("delete", "deploy");
        assertThat(complete("s")).containsExactly("service", "start", "status");
        assertThat(complete("get", "")).containsExactly("artifact", "rest-channel", "service", "user");
        assertThat(complete("service", "i")).containsExactly("invoke");
        assertThat(complete("service", "invoke", "orders.")).containsExactly("orders.get", "orders.put");
        assertThat(complete("get", "service", "x")).containsExactly("x");
        assertThat(complete("rest-channel", "set", "a", "--me")).containsExactly("--message", "--method", "--methods");
        assertThat(complete("get", "service", "-o", "j")).containsExactly("json", "jsonpath=");
        assertThat(complete("completion", "z")).containsExactly("zsh");
        assertThat(complete("nothing", "")).isEmpty();
    }

    @Test
    public void withoutAClusterOnlyCommandsAreCompleted() {
        terminal.environment.put("SERAI_URL", "https://localhost:1");

        assertThat(complete("de")).containsExactly("delete", "deploy");
        assertThat(complete("get", "")).isEmpty();
    }

    private List<String> complete(String... words) {
        return new Completer(
                        terminal.session(new ByteArrayOutputStream(), new ByteArrayOutputStream()),
                        TestTerminal.LAUNCHER)
                .candidates(List.of(words));
    }

    @Test
    public void shellsGetAScript() {
        assertThat(terminal.serai("completion", "bash").out()).contains("complete -o default -F _serai serai");
        assertThat(terminal.serai("completion", "zsh").out()).startsWith("#compdef serai");
        assertThat(terminal.serai("completion", "fish").out()).contains("complete -c serai");
        assertThat(terminal.serai("completion", "bsh").err()).contains("Did you mean 'bash'?");
    }
}
