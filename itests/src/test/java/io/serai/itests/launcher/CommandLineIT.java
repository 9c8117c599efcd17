package io.serai.itests.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.itests.node.CommandLine.Result;
import io.serai.itests.node.Distribution;
import io.serai.itests.node.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What the command says when no node runs. */
public class CommandLineIT {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final NodeProcess node = new NodeProcess();

    @Test
    public void printsItsVersion() {
        assertThat(node.serai("version").out()).startsWith("Serai 0.").contains("Karaf 4.4.");
    }

    @Test
    public void explainsEveryCommandWithAnExample() {
        String all = node.serai("help").out();
        for (String command :
                List.of("quickstart", "start", "stop", "restart", "status", "logs", "shell", "service", "version")) {
            assertThat(all).contains(command);
            Result help = node.serai(command, "--help");
            assertThat(help.exitCode()).isZero();
            assertThat(help.out()).contains("Usage: ", "Example: ", "--home DIR");
        }
    }

    @Test
    public void proposesTheNearestCommandAndOption() {
        Result command = node.serai("statsu");
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err()).startsWith("Error: ").contains("Did you mean 'status'?", "Hint: ");

        Result option = node.serai("status", "--jsno");
        assertThat(option.exitCode()).isEqualTo(2);
        assertThat(option.err()).contains("Did you mean '--json'?");
    }

    @Test
    public void refusesImpossibleValues() {
        assertThat(node.serai("start", "server7").err()).contains("node1 to node99");
        assertThat(node.serai("--base-port", "eighty", "status").err()).contains("1 to 64700");
        assertThat(node.serai("--base-port").exitCode()).isEqualTo(2);
        assertThat(node.serai("start", "--join", "TOKEN", "server7").err()).contains("'server7' is not the name");
    }

    @Test
    public void refusesGroupsThatCannotBe() {
        assertThat(node.serai("start", "--groups", "edge,a/b").err())
                .contains("'a/b' cannot be the name of a group", "1 to 63 letters");
        assertThat(node.serai("node", "add", "--groups=edge,edge").err()).contains("'edge' is named twice");
        assertThat(node.serai(Map.of("SERAI_GROUPS", "-"), "start").err()).contains("'-' cannot be");
        assertThat(node.serai("status", "--groups", "edge").err()).contains("commands that start a node");
        assertThat(node.folder()).doesNotExist();
    }

    @Test
    public void saysThatNothingRuns() {
        assertThat(node.serai("status").exitCode()).isEqualTo(3);
        assertThat(node.serai("status", "--json").out()).contains("\"state\":\"stopped\"");
        assertThat(node.serai("shell", "bundle:list").exitCode()).isEqualTo(3);
        assertThat(node.serai("logs").exitCode()).isEqualTo(3);
        assertThat(node.serai("stop").exitCode()).isZero();
    }

    @Test
    public void refusesJavaThatKarafDoesNotRunOn() throws IOException {
        for (String version : List.of("1.8.0_402", "11.0.22", "24.0.1", "25")) {
            Path java = javaOfVersion(version);

            Result result = node.serai(Map.of("JAVA_HOME", java.toString()), "start");

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err())
                    .contains("Java " + version, java.resolve("bin/java").toString(), "Java 17 to 23", "Hint: ");
            assertThat(node.folder()).doesNotExist();
        }
    }

    @Test
    public void asksJavaThatHasNoFileWithItsVersion() throws IOException {
        Path java = javaOfVersion("25");
        Files.delete(java.resolve("release"));
        Files.writeString(
                java.resolve("bin/java"),
                """
                #!/bin/sh
                echo 'Picked up JAVA_TOOL_OPTIONS: -Dsome="thing"' >&2
                echo 'openjdk version "25.0.1" 2025-10-21' >&2
                """);

        Result result = node.serai(Map.of("JAVA_HOME", java.toString()), "start");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("Java 25.0.1", "Java 17 to 23", "Hint: ");
    }

    @Test
    public void saysThatJavaHomeIsWrong() {
        Result result = node.serai(Map.of("JAVA_HOME", "/nowhere"), "start");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("JAVA_HOME is /nowhere");
    }

    /** Makes a folder that looks like a Java of that version, and that could not run. */
    private Path javaOfVersion(String version) throws IOException {
        Path home = folder.newFolder("java " + version).toPath();
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        Path executable = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(executable, "#!/bin/sh\nexit 99\n");
        assertThat(executable.toFile().setExecutable(true)).isTrue();
        return home;
    }

    @Test
    public void runsThroughASymbolicLinkFromAnyFolder() throws IOException {
        Path link = folder.getRoot().toPath().resolve("serai");
        Files.createSymbolicLink(link, Distribution.folder().resolve("bin/serai"));

        Result result =
                io.serai.itests.node.CommandLine.run(List.of("sh", "-c", "cd / && '" + link + "' version"), Map.of());

        assertThat(result.out()).startsWith("Serai ");
    }

    @Test
    public void makesAServiceFromATemplate() throws IOException {
        Path into = folder.getRoot().toPath();

        Result made = node.serai("service", "new", "orders.get", "--into", into.toString());

        assertThat(made.exitCode()).as(made.err()).isZero();
        Path file = into.resolve("OrdersGet.java");
        assertThat(file).content().contains("package orders;", "name = \"orders.get\"", "GET /orders/get");
        Result again = node.serai("service", "new", "orders.get", "--into", into.toString());
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("exists already");
    }

    @Test
    public void makesAProjectFromATemplate() throws IOException {
        Path into = folder.getRoot().toPath();

        Result made = node.serai(
                "service", "new", "price-check", "--project", "--package", "com.acme", "--into", into.toString());

        assertThat(made.exitCode()).as(made.err()).isZero();
        Path project = into.resolve("price-check");
        assertThat(project.resolve("src/main/java/com/acme/PriceCheck.java")).exists();
        assertThat(project.resolve("src/test/java/com/acme/PriceCheckTest.java"))
                .exists();
        assertThat(project.resolve("pom.xml"))
                .content()
                .contains("<repository>")
                .doesNotContain("@");
    }

    @Test
    public void refusesNamesThatJavaDoesNotTake() {
        assertThat(node.serai("service", "new", "Orders!").exitCode()).isEqualTo(2);
        assertThat(node.serai("service", "new", "new.order").err()).contains("--package");
        assertThat(node.serai("service", "new", "orders", "--package", "com.1acme")
                        .exitCode())
                .isEqualTo(2);
    }
}
