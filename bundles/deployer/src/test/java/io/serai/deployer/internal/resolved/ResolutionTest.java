package io.serai.deployer.internal.resolved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.state.Author;
import io.serai.api.state.Entry;
import io.serai.api.state.StatePath;
import io.serai.deployer.fixture.MemoryRepository;
import io.serai.deployer.internal.reconcile.StateContent;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Nodes that share a state, and a world of which each sees what a test lets it see. */
public class ResolutionTest {
    private static final StatePath LIST = new StatePath("features.yaml");
    private static final String ORDERS = "mvn:acme/orders/1.0";
    private static final String MAIL = "http://acme.com/mail.jar";
    private static final String FEATURES = "http://acme.com/features.xml";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final MemoryRepository repository = new MemoryRepository();
    private final Map<String, String> world = new HashMap<>();

    @Before
    public void validate() {
        repository.validateBy(new ResolvedChecks());
        repository.put(LIST.value(), "features: [one]");
    }

    private final class Node {
        final Path data;
        final Map<String, String> sees;
        final ResolvedArtifacts resolved;

        Node(String name, Map<String, String> sees) {
            this.data = folder.getRoot().toPath().resolve(name);
            this.sees = sees;
            this.resolved = new ResolvedArtifacts(
                    new ResolvedState(repository, new Author(name, "node")),
                    new ResolvedFiles(data.resolve("resolved")),
                    new Surroundings(data.resolve("system"), data.resolve("kar"), List.of(data.resolve("features"))),
                    this::open);
        }

        private ByteArrayInputStream open(String uri) throws IOException {
            String text = sees.get(uri);
            if (text == null) {
                throw new FileNotFoundException(uri);
            }
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        Resolution begin() {
            Entry entry = Objects.requireNonNull(repository.head().effective().get(LIST));
            return resolved.begin(new Artifact(LIST, entry.blob(), new StateContent(repository, entry.blob())));
        }

        void install(String... uris) throws DeploymentException {
            Resolution resolution = begin();
            resolution.bring(List.of(uris));
            assertThat(resolution.record(true)).isEmpty();
            resolved.took(resolution);
        }

        Path maven(String path) {
            return data.resolve("resolved/maven").resolve(path);
        }
    }

    private static String read(String uri) throws IOException {
        return Files.readString(Path.of(URI.create(uri)));
    }

    private long resolvedFiles() {
        return repository.head().files().keySet().stream()
                .filter(path -> path.isBelow("resolved"))
                .count();
    }

    @Test
    public void bringsToOtherNodesWhatOneHasFetched() throws DeploymentException {
        world.put(ORDERS, "orders");
        Node first = new Node("node1", world);
        Node second = new Node("node2", Map.of());

        first.install(ORDERS, "wrap:" + ORDERS + "$Bundle-Version=1");
        second.install(ORDERS);

        for (Node node : List.of(first, second)) {
            assertThat(node.maven("acme/orders/1.0/orders-1.0.jar")).hasContent("orders");
        }
        assertThat(resolvedFiles()).as("a list and a content").isEqualTo(2);
    }

    @Test
    public void writesNothingMoreWhenAllHaveIt() throws DeploymentException {
        world.put(ORDERS, "orders");
        Node first = new Node("node1", world);
        Node second = new Node("node2", world);
        Resolution atOnce = second.begin();
        atOnce.bring(List.of(ORDERS));
        first.install(ORDERS);
        int changes = repository.changes().size();

        assertThat(atOnce.record(true)).isEmpty();
        first.install(ORDERS);
        second.install(ORDERS);

        assertThat(repository.changes()).hasSize(changes);
    }

    @Test
    public void leavesOutWhatTheDistributionHas() throws DeploymentException, IOException {
        Node node = new Node("node1", Map.of());
        Path jar = node.data.resolve("system/acme/orders/1.0/orders-1.0.jar");
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "orders");

        node.install(ORDERS);

        assertThat(resolvedFiles()).isZero();
    }

    @Test
    public void replacesWhatIsNoMavenArtifactByFiles() throws DeploymentException, IOException {
        world.put(MAIL, "mail");
        world.put(
                "file:/opt/more.xml",
                "<features><feature name='m'><bundle>file:/opt/m.jar</bundle></feature></features>");
        world.put("file:/opt/m.jar", "m");
        world.put(
                FEATURES,
                "<features><repository>file:/opt/more.xml</repository><feature name='f'><bundle start-level='9'>wrap:"
                        + MAIL + "$a=b</bundle><bundle>" + ORDERS
                        + "</bundle><bundle>http://gone/x.jar</bundle></feature></features>");
        Node first = new Node("node1", world);
        Node second = new Node("node2", Map.of());
        for (Node node : List.of(first, second)) {
            Resolution resolution = node.begin();
            String given = resolution.repositories(List.of(FEATURES)).get(0);
            assertThat(resolution.record(true)).isEmpty();
            node.resolved.took(resolution);

            assertThat(node.resolved.isHere(given)).isTrue();
            assertThat(node.resolved.origin(given)).isEqualTo(FEATURES);
            String xml = read(given);
            assertThat(xml).contains(ORDERS, "http://gone/x.jar").doesNotContain(MAIL, "file:/opt");
            assertThat(read(xml.replaceAll("(?s).*wrap:(.*?)\\$a=b.*", "$1"))).isEqualTo("mail");
            String nested = read(xml.replaceAll("(?s).*<repository>(.*?)</repository>.*", "$1"));
            assertThat(read(nested.replaceAll("(?s).*<bundle>(.*?)</bundle>.*", "$1")))
                    .isEqualTo("m");
        }
    }

    @Test
    public void versionRangeIsWhatTheFirstNodeFoundInIt() throws DeploymentException, IOException {
        String range = "mvn:acme/mail/[1.0,2.0)";
        world.put(FEATURES, "<features><feature name='f'><bundle>wrap:" + range + "$a=b</bundle></feature></features>");
        world.put(range, "mail 1.1");
        for (Node node : List.of(new Node("node1", world), new Node("node2", Map.of(range, "mail 1.2")))) {
            Resolution resolution = node.begin();
            String xml = read(resolution.repositories(List.of(FEATURES)).get(0));
            assertThat(resolution.record(true)).isEmpty();

            assertThat(xml).doesNotContain(range);
            assertThat(read(xml.replaceAll("(?s).*wrap:(.*?)\\$a=b.*", "$1"))).isEqualTo("mail 1.1");
        }
    }

    @Test
    public void versionRangeThatCannotBeFetchedIsLeftToNobody() throws DeploymentException {
        String range = "mvn:acme/mail/[1.0,2.0)";
        world.put(FEATURES, "<features><feature name='f'><bundle>" + range + "</bundle></feature></features>");
        Resolution resolution = new Node("node1", world).begin();
        resolution.repositories(List.of(FEATURES));
        world.put(range, "there a moment later");

        assertThatThrownBy(() -> resolution.bring(List.of(range)))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("features.yaml: " + range + " cannot be fetched");
    }

    @Test
    public void refusesVersionRangeOfTheDistributionWhichEachNodeWouldLookUpItself() {
        for (String version : List.of("[1.0,2.0)", "LATEST")) {
            String uri = "mvn:acme/mail/" + version;
            world.put(uri, "mail");

            assertThatThrownBy(() -> new Node("node1", world).install(uri))
                    .isInstanceOf(DeploymentException.class)
                    .hasMessageContaining("features.yaml: " + uri)
                    .hasMessageContaining("names no version");
        }
        assertThat(resolvedFiles()).isZero();
    }

    @Test
    public void leavesToKarafWhatCannotBeReadAsRepository() throws DeploymentException {
        world.put(FEATURES, "no XML");
        Node node = new Node("node1", world);

        assertThat(node.begin().repositories(List.of(FEATURES, "acme:x"))).containsExactly(FEATURES, "acme:x");
    }

    @Test
    public void saysWhatCannotBeFetched() {
        assertThatThrownBy(() -> new Node("node1", Map.of()).install(ORDERS))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("features.yaml: " + ORDERS + " cannot be fetched");
        assertThatThrownBy(() -> new Node("node1", Map.of()).begin().repositories(List.of(FEATURES)))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("features.yaml: feature repository " + FEATURES + " cannot be read");
    }

    @Test
    public void keepsToWhatWasRecordedWhenTheOriginChanges() throws DeploymentException {
        world.put(ORDERS, "orders");
        new Node("node1", world).install(ORDERS);
        world.put(ORDERS, "other");
        Node second = new Node("node2", world);
        repository.put(LIST.value(), "features: [one, two]");

        second.install(ORDERS);

        assertThat(second.maven("acme/orders/1.0/orders-1.0.jar")).hasContent("orders");
    }

    @Test
    public void tellsOfOtherBytesThatAnotherNodeHasRecordedMeanwhile() throws DeploymentException {
        world.put(ORDERS, "orders");
        Node first = new Node("node1", world);
        Node second = new Node("node2", Map.of(ORDERS, "other"));
        Resolution late = second.begin();
        late.bring(List.of(ORDERS));
        first.install(ORDERS);

        assertThat(late.record(true)).hasValueSatisfying(words -> assertThat(words)
                .contains(ORDERS, fingerprint("orders"), fingerprint("other"), "new version"));
        second.install(ORDERS);
        assertThat(second.maven("acme/orders/1.0/orders-1.0.jar")).hasContent("orders");
    }

    @Test
    public void tellsWhoInstalledByHandThatBytesHaveChanged() throws DeploymentException {
        world.put(MAIL, "mail");
        Node node = new Node("node1", world);
        node.install(MAIL);
        Resolution resolution = node.begin();
        resolution.bring(List.of(MAIL));
        resolution.compare();

        world.put(MAIL, "other");
        assertThatThrownBy(resolution::compare)
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("features.yaml: " + MAIL)
                .hasMessageContaining(fingerprint("mail"))
                .hasMessageContaining(fingerprint("other"));
    }

    @Test
    public void refusesOtherBytesWhenTheRecordedOnesAreLost() throws DeploymentException {
        world.put(ORDERS, "orders");
        new Node("node1", world).install(ORDERS);
        String content = repository.head().files().keySet().stream()
                .filter(ResolvedPaths::isContent)
                .findFirst()
                .orElseThrow()
                .value();
        repository.remove(content);

        assertThatThrownBy(() -> new Node("node2", Map.of(ORDERS, "other")).install(ORDERS))
                .hasMessageContaining(ORDERS)
                .hasMessageContaining(fingerprint("orders"))
                .hasMessageContaining(fingerprint("other"));
        new Node("node3", world).install(ORDERS);
        assertThat(repository.head().files()).containsKey(new StatePath(content));
    }

    @Test
    public void dropsWhatNoArtifactNeedsAnyMore() throws DeploymentException {
        world.put(ORDERS, "orders");
        world.put(MAIL, "mail");
        Node node = new Node("node1", world);
        node.install(ORDERS, MAIL);
        assertThat(resolvedFiles()).isEqualTo(3);

        repository.put(LIST.value(), "features: [two]");
        node.install(MAIL);
        assertThat(resolvedFiles()).as("a list and a content").isEqualTo(2);

        repository.remove(LIST.value());
        node.resolved.gone(LIST);
        assertThat(resolvedFiles()).isZero();
    }

    @Test
    public void fetchesAgainWhatWasDropped() throws DeploymentException {
        world.put(ORDERS, "orders");
        Node node = new Node("node1", world);
        node.install(ORDERS);
        repository.remove(LIST.value());
        node.resolved.gone(LIST);
        repository.put(LIST.value(), "features: [one]");
        world.put(ORDERS, "other");

        node.install(ORDERS);
        assertThat(node.maven("acme/orders/1.0/orders-1.0.jar")).hasContent("other");
    }

    @Test
    public void rollsBackWhenTheOriginIsGone() throws DeploymentException {
        world.put(MAIL, "mail");
        Node node = new Node("node1", world);
        node.install(MAIL);
        repository.put(LIST.value(), "features: [none]");
        node.install();
        assertThat(resolvedFiles()).isZero();
        world.clear();

        repository.put(LIST.value(), "features: [one]");
        node.install(MAIL);

        assertThat(resolvedFiles()).as("a list and a content").isEqualTo(2);
    }

    @Test
    public void takesWhatIsHereWhenTheOriginIsGone() throws DeploymentException {
        world.put(ORDERS, "orders");
        Node node = new Node("node1", world);
        node.install(ORDERS);
        repository.remove(LIST.value());
        node.resolved.gone(LIST);
        repository.put(LIST.value(), "features: [one]");
        world.clear();

        node.install(ORDERS);
        assertThat(resolvedFiles()).isEqualTo(2);
    }

    @Test
    public void deletesFilesThatNothingHasUsed() throws DeploymentException, IOException {
        world.put(ORDERS, "orders");
        world.put("mvn:acme/old/1.0", "old");
        new Node("node1", world).install("mvn:acme/old/1.0");
        Node restarted = new Node("node1", world);
        restarted.install(ORDERS);

        restarted.resolved.keepUsed();

        assertThat(restarted.maven("acme/old/1.0/old-1.0.jar")).doesNotExist();
        assertThat(restarted.maven("acme/orders/1.0/orders-1.0.jar")).exists();
    }

    private static String fingerprint(String text) {
        try {
            return Fingerprint.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                    .toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
