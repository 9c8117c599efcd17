package io.serai.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.itests.deploy.TestBundle;
import io.serai.itests.node.NodeProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Features that one node has installed, on nodes that have never seen the repository they came from. */
public class FeaturesTravelIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String LIST = "features.yaml";

    @ClassRule
    public static final ClusterProcess CLUSTER = new ClusterProcess(2);

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @BeforeClass
    public static void nameTheMavenRepositoryOnTheFirstNodeOnly() throws IOException {
        setMavenRepositories(CLUSTER.node(1), FOLDER.getRoot().toURI() + "maven@id=acme@snapshots");
        setMavenRepositories(CLUSTER.node(2), "");
    }

    private static void setMavenRepositories(NodeProcess node, String uris) throws IOException {
        Path file = node.folder().resolve("etc/org.ops4j.pax.url.mvn.cfg");
        String key = "org.ops4j.pax.url.mvn.repositories = ";
        String text = Files.readString(file);
        String changed = text.replaceAll("(?m)^" + key + ".*\\R.*$", key + uris)
                + "org.ops4j.pax.url.mvn.localRepository = " + FOLDER.newFolder() + "\n";
        assertThat(changed).contains(key + uris + "\n");
        Files.writeString(file, changed);
    }

    @Before
    public void beginWithBothAndNothing() throws IOException {
        CLUSTER.nodes().stream().filter(node -> !node.isRunning()).forEach(NodeProcess::start);
        if (Files.exists(CLUSTER.node(1).deploy().resolve(LIST))) {
            CLUSTER.node(1).remove(LIST);
        }
        CLUSTER.awaitEqual();
    }

    @Test
    public void runningNodeHasWhatAnotherTookFromItsMavenRepository() throws IOException {
        byte[] jar = publish("green");

        CLUSTER.node(1).drop(LIST, list("mvn:acme/green-features/1.0.0/xml", "acme-green"));

        CLUSTER.awaitAnswerOnAll("/green", "I am green");
        for (NodeProcess node : CLUSTER.nodes()) {
            node.awaitState(LIST, "ACTIVE");
            assertThat(resolved(node, "green-1.0.0.jar")).containsExactly(jar);
        }
        assertEndsQuiet();
    }

    @Test
    public void versionRangeIsOneVersionOnAllNodes() throws IOException {
        byte[] jar = publish("yellow");
        put(maven().resolve("yellow/maven-metadata.xml"), metadata("yellow"));
        put(maven().resolve("yellow-features/maven-metadata.xml"), metadata("yellow-features"));
        String range = "[1.0,2.0)";
        put(
                maven().resolve("yellow-features/1.0.0/yellow-features-1.0.0.xml"),
                features("yellow", "mvn:acme/yellow/" + range).getBytes(StandardCharsets.UTF_8));

        CLUSTER.node(1).drop(LIST, list("mvn:acme/yellow-features/" + range + "/xml", "acme-yellow"));

        CLUSTER.awaitAnswerOnAll("/yellow", "I am yellow");
        for (NodeProcess node : CLUSTER.nodes()) {
            node.awaitState(LIST, "ACTIVE");
            assertThat(has(node, jar)).isTrue();
        }
        assertEndsQuiet();
    }

    @Test
    public void nodesThatComeLaterNeedNoRepository() throws IOException {
        CLUSTER.node(2).stop();
        Path repository = folder.getRoot().toPath();
        byte[] jar = bundle("blue");
        Path bundle = Files.write(repository.resolve("blue.jar"), jar);
        Path features =
                Files.writeString(repository.resolve("blue.xml"), features("blue", bundle.toUri() + ";start-level=90"));

        shell(CLUSTER.node(1), "feature:repo-add " + features.toUri());
        shell(CLUSTER.node(1), "feature:install acme-blue");
        CLUSTER.node(1).awaitAnswer("/blue", "I am blue");
        await("the record of it").atMost(LIMIT).until(() -> CLUSTER.node(1)
                .shell("state:log resolved")
                .out()
                .contains("Recorded what features.yaml resolved to"));
        CLUSTER.node(1).awaitState(LIST, "ACTIVE");
        Files.delete(bundle);
        Files.delete(features);

        CLUSTER.node(2).start();
        CLUSTER.node(2).awaitAnswer("/blue", "I am blue");
        CLUSTER.node(1).stop();
        assertThat(CLUSTER.node(2).serai("node", "add").exitCode()).isZero();
        NodeProcess added = CLUSTER.node(3);
        added.awaitAnswer("/blue", "I am blue");
        assertThat(resolved(added, "blue.jar")).containsExactly(jar);

        CLUSTER.node(1).start();
        CLUSTER.node(1).awaitState(LIST, "ACTIVE");
        CLUSTER.node(1).awaitAnswer("/blue", "I am blue");
        ClusterProcess.awaitEqual(List.of(CLUSTER.node(1), CLUSTER.node(2), added));
        assertThat(CLUSTER.node(1).serai("node", "remove", "node3").exitCode()).isZero();
        assertEndsQuiet();
    }

    /** What is recorded goes with the features, and then nobody writes anything any more. */
    private void assertEndsQuiet() throws IOException {
        CLUSTER.awaitEqual();
        CLUSTER.awaitQuiet();
        CLUSTER.node(1).remove(LIST);
        CLUSTER.awaitGoneFromAll("/green");
        CLUSTER.awaitGoneFromAll("/blue");
        CLUSTER.awaitGoneFromAll("/yellow");
        await("the record to go").atMost(LIMIT).untilAsserted(() -> assertThat(
                        CLUSTER.node(2).shell("state:show").out())
                .contains("Dropped what features.yaml resolved to", "resolved/contents/"));
        CLUSTER.awaitQuiet();
        CLUSTER.awaitEqual();
    }

    private static void shell(NodeProcess node, String command) {
        assertThat(node.shell(command).exitCode()).as(command).isZero();
    }

    private static byte[] metadata(String artifact) {
        return ("<metadata><groupId>acme</groupId><artifactId>" + artifact + "</artifactId><versioning>"
                        + "<versions><version>1.0.0</version></versions></versioning></metadata>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static boolean has(NodeProcess node, byte[] content) throws IOException {
        try (Stream<Path> files = Files.walk(node.folder().resolve("data/resolved"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Arrays.equals(Files.readAllBytes(file), content)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<byte[]> resolved(NodeProcess node, String name) throws IOException {
        List<byte[]> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(node.folder().resolve("data/resolved"))) {
            for (Path file : files.filter(path -> path.endsWith(name)).toList()) {
                found.add(Files.readAllBytes(file));
            }
        }
        return found;
    }

    private static Path maven() {
        return FOLDER.getRoot().toPath().resolve("maven/acme");
    }

    /** Puts a feature and its bundle into the Maven repository; returns the bundle. */
    private static byte[] publish(String name) throws IOException {
        byte[] jar = bundle(name);
        Path repository = maven();
        put(repository.resolve(name + "/1.0.0/" + name + "-1.0.0.jar"), jar);
        put(
                repository.resolve(name + "-features/1.0.0/" + name + "-features-1.0.0.xml"),
                features(name, "mvn:acme/" + name + "/1.0.0").getBytes(StandardCharsets.UTF_8));
        return jar;
    }

    private static void put(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static byte[] bundle(String name) {
        String type = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        return TestBundle.bundle("acme." + name, "1.0.0")
                .component(type, name, "I am " + name)
                .jar();
    }

    private static String features(String name, String bundle) {
        return "<features name=\"acme-" + name + "\" xmlns=\"http://karaf.apache.org/xmlns/features/v1.6.0\">"
                + "<feature name=\"acme-" + name + "\" version=\"1.0.0\"><bundle>" + bundle
                + "</bundle></feature></features>";
    }

    private static String list(String repository, String feature) {
        return "repositories: ['" + repository + "']\nfeatures: [" + feature + "]\n";
    }
}
