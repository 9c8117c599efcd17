package io.serai.itests.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.itests.node.NodeProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.ClassRule;
import org.junit.Test;

/** What a node says of files that are wrong, and that it goes on serving. */
public class BadInputIT {
    @ClassRule
    public static final NodeProcess NODE = new NodeProcess();

    @Test
    public void namesLineOfSyntaxErrorAndKeepsOldVersion() {
        String good = TestBundle.serviceSource("Typo", "typo", "still here");
        NODE.deploy("Typo.java", good);

        JsonNode verdict = NODE.deploy("Typo.java", good.replace("new Answer(\"still here\")", "new Answr(1)"));

        assertFailed(verdict, "Typo.java:6:", "Answr");
        assertThat(verdict.path("serving").asText())
                .isEqualTo(NodeProcess.blobId(good.getBytes(StandardCharsets.UTF_8)));
        assertThat(NODE.get("/typo").body()).contains("still here");
    }

    @Test
    public void refusesJarsThatAreNone() throws IOException {
        byte[] whole =
                TestBundle.bundle("bad.jar", "1.0.0").service("Bad", "bad", "x").jar();
        Map<String, byte[]> jars = Map.of(
                "empty.jar", new byte[0],
                "text.jar", "this is no zip".getBytes(StandardCharsets.UTF_8),
                "truncated.jar", Arrays.copyOf(whole, whole.length / 2),
                "bomb.jar", bomb(),
                "climber.jar", zip("../../climbed.txt", "x".getBytes(StandardCharsets.UTF_8)));

        jars.forEach(NODE::drop);

        jars.forEach((name, content) -> assertFailed(NODE.awaitVerdict(name, content), name));
        assertFailed(NODE.verdict("climber.jar").orElseThrow(), "../");
        try (var files = Files.walk(NODE.home())) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).doesNotContain("climbed.txt");
        }
    }

    @Test
    public void waitsForMissingPackageAndComesUpWithIt() {
        byte[] needy = TestBundle.bundle("bad.needy", "1.0.0")
                .service("Needy", "needy", "satisfied")
                .header("Import-Package", "io.serai.api.service,acme.money;version=\"[1.2,2)\"")
                .jar();
        JsonNode verdict = NODE.deploy("needy.jar", needy);
        assertThat(verdict.path("state").asText()).as("%s", verdict).isEqualTo("WAITING");
        assertThat(verdict.path("message").asText()).contains("acme.money").contains("[1.2");

        NODE.deploy(
                "money.jar",
                TestBundle.bundle("bad.money", "1.0.0")
                        .header("Export-Package", "acme.money;version=1.2")
                        .source("acme.money.Money", "package acme.money; public class Money {}")
                        .jar());

        NODE.awaitState("needy.jar", "ACTIVE");
        assertThat(NODE.get("/needy").body()).contains("satisfied");
    }

    @Test
    public void reportsConstructorThatThrows() {
        String source = TestBundle.serviceSource("Thrower", "thrower", "x")
                .replace(
                        "public record Query",
                        "public Thrower() { throw new IllegalStateException(\"no licence\"); } public record Query");
        assertFailed(NODE.deploy("Thrower.java", source), "no licence");
    }

    @Test
    public void hangingActivatorDelaysNobody() {
        byte[] hanging = TestBundle.bundle("bad.hanging", "1.0.0")
                .header("Import-Package", "org.osgi.framework")
                .header("Bundle-Activator", "Hanging")
                .source(
                        "Hanging",
                        """
                        public class Hanging implements org.osgi.framework.BundleActivator {
                            public void start(org.osgi.framework.BundleContext context) throws Exception {
                                new java.util.concurrent.CountDownLatch(1).await(60, java.util.concurrent.TimeUnit.SECONDS);
                            }
                            public void stop(org.osgi.framework.BundleContext context) {}
                        }
                        """)
                .jar();
        NODE.drop("hanging.jar", hanging);
        NODE.deploy("Beside.java", TestBundle.serviceSource("Beside", "beside", "not delayed"));

        assertThat(NODE.get("/beside").body()).contains("not delayed");
        assertThat(NODE.verdict("hanging.jar")
                        .filter(v -> "FAILED".equals(v.path("state").asText())))
                .as("the other artifact was served before the hanging one was given up")
                .isEmpty();
        assertFailed(NODE.awaitState("hanging.jar", "FAILED"), "hanging.jar");
    }

    @Test
    public void refusesSecondServiceOfOneName() {
        NODE.deploy("Once.java", TestBundle.serviceSource("Once", "taken", "first"));
        JsonNode verdict = NODE.deploy("Twice.java", TestBundle.serviceSource("Twice", "taken", "second"));

        assertFailed(verdict, "taken", "deploy/Once.java");
        assertThat(NODE.get("/taken").body()).contains("first");

        NODE.remove("Once.java");
        NODE.awaitAnswer("/taken", "second");
    }

    @Test
    public void refusesSecondChannelOfOnePath() {
        NODE.deploy("Here.java", TestBundle.serviceSource("Here", "here", "first"));
        String other = TestBundle.serviceSource("Other", "other", "second").replace("GET /other", "GET /here");
        assertFailed(NODE.deploy("Other.java", other), "/here", "here");
        assertThat(NODE.get("/here").body()).contains("first");
    }

    @Test
    public void proposesNearestComponentAndOption() {
        assertFailed(NODE.deploy("component.camel.yaml", route("timr:tick")), "timr", "timer");
        assertFailed(NODE.deploy("option.camel.yaml", route("timer:tick?perod=5")), "perod", "period");
    }

    @Test
    public void namesFilesItDoesNotTake() {
        assertFailed(NODE.deploy("notes.txt", "hello"), "notes.txt", ".jar");
    }

    private static String route(String uri) {
        return """
                - route:
                    from:
                      uri: %s
                      steps:
                        - log: "x"
                """
                .formatted(uri);
    }

    private static byte[] bomb() throws IOException {
        return zip("zeros", new byte[300_000_000]);
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.putNextEntry(new ZipEntry(name));
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static void assertFailed(JsonNode verdict, String... words) {
        assertThat(verdict.path("state").asText()).as("%s", verdict).isEqualTo("FAILED");
        assertThat(verdict.path("message").asText()).contains(words);
    }
}
