package io.serai.cli.internal.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.serai.cli.internal.command.Session;
import io.serai.cli.internal.console.Console;
import io.serai.cli.internal.profile.Targets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.rules.TemporaryFolder;

/** Runs command lines as a person does who has a home of their own. */
@NullUnmarked
final class TestTerminal extends TemporaryFolder {
    static final Set<String> LAUNCHER = Set.of("quickstart", "status", "start");

    /** How a command ended. */
    record Result(int code, String out, String err) {}

    final Map<String, String> environment = new TreeMap<>();
    boolean terminal;
    private String input = "";

    @Override
    protected void before() throws Throwable {
        super.before();
        environment.put("HOME", getRoot().getPath());
        environment.put("XDG_CONFIG_HOME", config().getParent().getParent().toString());
    }

    Path config() {
        return getRoot().toPath().resolve("xdg/serai/config.json");
    }

    /** The folder that nodes of this machine would be in. */
    Path nodes() {
        return getRoot().toPath().resolve("nodes");
    }

    /** Says who is logged in, without a profile. */
    TestTerminal in(TestCluster cluster) throws Exception {
        environment.put("SERAI_URL", cluster.url());
        environment.put("SERAI_TOKEN", "serai_token");
        environment.put(
                "SERAI_CA",
                cluster.writePem(getRoot().toPath().resolve("ca.pem")).toString());
        return this;
    }

    TestTerminal typing(String text) {
        input = text;
        return this;
    }

    Session session(ByteArrayOutputStream out, ByteArrayOutputStream err) {
        Console console = new Console(
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                terminal,
                environment);
        return new Session(console, new Targets(environment, nodes()));
    }

    Result serai(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new SeraiLine(session(out, err), LAUNCHER).run(List.of(words));
        return new Result(code, out.toString(UTF_8), err.toString(UTF_8));
    }
}
