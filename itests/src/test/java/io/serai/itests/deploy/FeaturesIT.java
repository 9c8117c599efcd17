package io.serai.itests.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.serai.itests.node.CommandLine;
import io.serai.itests.node.NodeProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Features of Karaf as people get them onto a node: a list, an archive, the shell. */
public class FeaturesIT {
    private static final String LIST = "features.yaml";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @ClassRule
    public static final NodeProcess NODE = new NodeProcess();

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static String repository = "";

    @BeforeClass
    public static void makeRepository() throws IOException {
        repository = repository("acme", List.of("green", "blue"));
    }

    /** Makes a repository of features that bring a bundle with a service each, and returns its URI. */
    private static String repository(String name, List<String> features) throws IOException {
        StringBuilder xml = new StringBuilder(
                "<features name=\"" + name + "-1.0.0\" xmlns=\"http://karaf.apache.org/xmlns/features/v1.6.0\">");
        for (String feature : features) {
            xml.append(feature(feature, jar(feature)));
        }
        Path file = FOLDER.getRoot().toPath().resolve(name + ".xml");
        return Files.writeString(file, xml.append("</features>")).toUri().toString();
    }

    /** Makes a bundle with a service, and returns its URI. */
    private static String jar(String name) throws IOException {
        Path jar = FOLDER.getRoot().toPath().resolve(name + ".jar");
        return Files.write(jar, bundle(name, "I am " + name)).toUri().toString();
    }

    private static byte[] bundle(String name, String text) {
        String type = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        return TestBundle.bundle("acme." + name, "1.0.0")
                .component(type, name, text)
                .jar();
    }

    private static String feature(String name, String bundle) {
        return "<feature name=\"acme-%s\" version=\"1.0.0\"><bundle>%s</bundle></feature>".formatted(name, bundle);
    }

    private static String list(String repository, String... features) {
        return "repositories: ['" + repository + "']\nfeatures: [" + String.join(", ", features) + "]\n";
    }

    @After
    public void removeList() {
        if (Files.exists(NODE.deploy().resolve(LIST))) {
            NODE.remove(LIST);
        }
    }

    @Test
    public void installsWhatListNamesAndUninstallsWhatItNoLongerNames() {
        assertActive(NODE.deploy(LIST, list(repository, "acme-green", "acme-blue/1.0.0")));
        NODE.awaitAnswer("/green", "I am green");
        NODE.awaitAnswer("/blue", "I am blue");

        assertActive(NODE.deploy(LIST, list(repository, "acme-green")));
        awaitGone("/blue");
        assertThat(NODE.get("/green").body()).contains("I am green");

        NODE.remove(LIST);
        awaitGone("/green");
        assertThat(shell("feature:repo-list")).doesNotContain("acme");
    }

    @Test
    public void saysWhatIsWrongWithListAndHarmsNothing() {
        NODE.deploy("Bystander.java", TestBundle.serviceSource("Bystander", "bystander", "unharmed"));
        NODE.deploy(LIST, list(repository, "acme-green"));
        NODE.awaitAnswer("/green", "I am green");

        assertFailed(NODE.deploy(LIST, "features: [acme-green\n"), "features.yaml:2:1");
        assertFailed(NODE.deploy(LIST, "feature: [acme-green]\n"), "features.yaml", "'features'");
        assertFailed(NODE.deploy(LIST, list(repository, "acme-gren")), "acme-gren", "acme-green", "features.yaml");
        assertFailed(NODE.deploy(LIST, list("file:/nowhere/acme.xml", "acme-green")), "file:/nowhere/acme.xml");

        assertThat(NODE.get("/green").body()).contains("I am green");
        assertThat(NODE.get("/bystander").body()).contains("unharmed");
        assertActive(NODE.deploy(LIST, list(repository, "acme-green", "acme-blue")));
        NODE.awaitAnswer("/blue", "I am blue");
    }

    @Test
    public void installsArchiveAndRemovesIt() throws IOException {
        byte[] archive = archive("violet");
        assertActive(NODE.deploy("acme.kar", archive));
        NODE.awaitAnswer("/violet", "I am violet");

        NODE.remove("acme.kar");
        awaitGone("/violet");
        assertThat(shell("feature:list -i")).doesNotContain("acme-violet");
    }

    @Test
    public void takesNewContentOfArchiveWithOldVersions() throws IOException {
        NODE.deploy("rebuilt.kar", archive("grey", "old"));
        NODE.awaitAnswer("/grey", "old");

        assertActive(NODE.deploy("rebuilt.kar", archive("grey", "new")));

        NODE.awaitAnswer("/grey", "new");
        NODE.remove("rebuilt.kar");
    }

    @Test
    public void takesNewContentOfDroppedRepositoryWithOldVersions() throws IOException {
        String one = "<features name=\"palette\" xmlns=\"http://karaf.apache.org/xmlns/features/v1.6.0\">"
                + "<feature name=\"palette\" version=\"1.0.0\" install=\"auto\"><bundle>" + jar("red")
                + "</bundle></feature></features>";
        assertActive(NODE.deploy("palette.xml", one));
        NODE.awaitAnswer("/red", "I am red");

        String two = one.replace("</bundle>", "</bundle><bundle>" + jar("yellow") + "</bundle>");
        assertActive(NODE.deploy("palette.xml", two));
        NODE.awaitAnswer("/yellow", "I am yellow");

        assertActive(NODE.deploy("palette.xml", two.replace(jar("red"), jar("yellow"))));
        awaitGone("/red");
        NODE.remove("palette.xml");
        awaitGone("/yellow");
    }

    @Test
    public void removesArchiveAndListTogether() throws IOException {
        NODE.deploy("together.kar", archive("brown"));
        NODE.deploy(LIST, list(repository, "acme-green"));

        Files.delete(NODE.deploy().resolve("together.kar"));
        NODE.remove(LIST);

        awaitGone("/green");
        awaitGone("/brown");
        assertThat(shell("feature:list -i")).doesNotContain("acme-");
        assertThat(NODE.log()).doesNotContain("not undeployed cleanly");
    }

    @Test
    public void refusesArchivesThatAreNone() throws IOException {
        byte[] archive = archive("orange");
        byte[] text = "this is no archive".getBytes(StandardCharsets.UTF_8);
        byte[] cut = Arrays.copyOf(archive, archive.length / 2);
        NODE.drop("text.kar", text);
        NODE.drop("cut.kar", cut);
        assertFailed(NODE.deploy("hollow.kar", zip("notes.txt", new byte[1])), "hollow.kar", "no features file");
        String nowhere = "<features name=\"lost\" xmlns=\"http://karaf.apache.org/xmlns/features/v1.6.0\">"
                + "<feature name=\"acme-lost\"><feature>acme-nowhere</feature></feature></features>";
        byte[] lost = zip("repository/acme/lost.xml", nowhere.getBytes(StandardCharsets.UTF_8));
        JsonNode verdict = NODE.deploy("lost.kar", lost);
        assertThat(verdict.path("state").asText()).isEqualTo("WAITING");
        assertThat(verdict.path("message").asText()).contains("lost.kar", "acme-lost/0.0.0 needs feature acme-nowhere");
        NODE.remove("lost.kar");
        assertThat(shell("feature:repo-list")).doesNotContain("lost.xml");
        assertFailed(NODE.awaitVerdict("text.kar", text), "text.kar");
        assertFailed(NODE.awaitVerdict("cut.kar", cut), "cut.kar");
    }

    @Test
    public void keepsWhatIsTypedInTheShellAsStateAndLeavesItAloneAtARestart() throws IOException {
        NODE.deploy("steady.kar", archive("white"));
        shell("feature:repo-add " + repository);
        shell("feature:install acme-green");
        awaitList("acme-green/1.0.0");
        assertThat(Files.readString(NODE.deploy().resolve(LIST))).contains(repository);
        assertThat(shell("state:log features.yaml"))
                .contains("feature:repo-add " + repository, "feature:install acme-green/1.0.0");
        String bundles = shell("bundle:list -s -t 0 | grep acme");
        NODE.deploy("fleeting.kar", archive("pink"));
        NODE.awaitAnswer("/pink", "I am pink");
        NODE.stop();
        Files.delete(NODE.deploy().resolve("fleeting.kar"));

        NODE.start();

        NODE.awaitState(LIST, "ACTIVE");
        NODE.awaitState("steady.kar", "ACTIVE");
        await("all to answer, and to go on answering")
                .during(Duration.ofSeconds(2))
                .atMost(LIMIT)
                .until(() -> NODE.get("/green").statusCode() == 200
                        && NODE.get("/white").statusCode() == 200);
        awaitGone("/pink");
        assertThat(shell("bundle:list -s -t 0 | grep acme"))
                .as("the bundles that were there before, neither installed anew nor with that of the removed archive")
                .isEqualTo(bundles);
        assertThat(NODE.deploy().resolve(LIST)).content().contains("acme-green/1.0.0");

        shell("feature:uninstall acme-green");
        await("the list to follow")
                .atMost(LIMIT)
                .until(() -> !Files.readString(NODE.deploy().resolve(LIST)).contains("acme-green"));
        awaitGone("/green");
        shell("feature:repo-remove acme-1.0.0");
        await("the list to forget the repository")
                .atMost(LIMIT)
                .until(() -> !Files.readString(NODE.deploy().resolve(LIST)).contains(repository));
        NODE.remove("steady.kar");
    }

    private static void awaitList(String text) {
        await(LIST + " to contain " + text)
                .atMost(LIMIT)
                .until(() -> Files.exists(NODE.deploy().resolve(LIST))
                        && Files.readString(NODE.deploy().resolve(LIST)).contains(text));
    }

    private static String shell(String command) {
        CommandLine.Result result = NODE.serai("shell", command);
        assertThat(result.exitCode()).as("%s: %s", command, result.err()).isZero();
        return result.out();
    }

    /** Makes an archive with a feature that brings a bundle with a service. */
    private static byte[] archive(String name) throws IOException {
        return archive(name, "I am " + name);
    }

    private static byte[] archive(String name, String text) throws IOException {
        String features =
                "<features name=\"acme-" + name + "\" xmlns=\"http://karaf.apache.org/xmlns/features/v1.6.0\">"
                        + feature(name, "mvn:acme/acme-" + name + "/1.0.0") + "</features>";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            String folder = "repository/acme/acme-" + name;
            out.putNextEntry(new ZipEntry(folder + "-features/1.0.0/acme-" + name + "-features-1.0.0-features.xml"));
            out.write(features.getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new ZipEntry(folder + "/1.0.0/acme-" + name + "-1.0.0.jar"));
            out.write(bundle(name, text));
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.putNextEntry(new ZipEntry(name));
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static void awaitGone(String path) {
        await(path + " to be gone").atMost(LIMIT).until(() -> NODE.get(path).statusCode() == 404);
    }

    private static void assertActive(JsonNode verdict) {
        assertThat(verdict.path("state").asText())
                .as("%s%n%s", verdict, NODE.log())
                .isEqualTo("ACTIVE");
    }

    private static void assertFailed(JsonNode verdict, String... words) {
        assertThat(verdict.path("state").asText()).as("%s", verdict).isEqualTo("FAILED");
        assertThat(verdict.path("message").asText()).contains(words);
    }
}
