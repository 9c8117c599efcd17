package io.serai.deployer.internal.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.api.cluster.ClusterNode;
import io.serai.api.cluster.ClusterService;
import io.serai.api.cluster.Member;
import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.state.Entry;
import io.serai.api.state.StatePath;
import io.serai.deployer.fixture.MemoryRepository;
import io.serai.deployer.internal.reconcile.HeadMoves;
import io.serai.deployer.internal.reconcile.StateContent;
import io.serai.deployer.internal.resolved.ResolvedArtifacts;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.BundleContext;

/** Nodes that share a state, and the folder of one machine. */
public class DeliveryTest {
    private static final StatePath LIST = new StatePath("features.yaml");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final MemoryRepository repository = new MemoryRepository();
    private Path bundle = Path.of("");
    private Path features = Path.of("");

    @Before
    public void publish() throws IOException {
        bundle = Files.writeString(folder.getRoot().toPath().resolve("mail.jar"), "mail");
        features = Files.writeString(
                folder.getRoot().toPath().resolve("mail.xml"),
                "<features><feature name='mail'><bundle>" + bundle.toUri() + "</bundle></feature></features>");
        repository.put(LIST.value(), "repositories: ['" + features.toUri() + "']\nfeatures: [mail]");
    }

    private ResolvedArtifacts node(String name) {
        Path root = folder.getRoot().toPath().resolve(name);
        Map<String, String> properties = Map.of(
                "karaf.data", root.resolve("data").toString(), "karaf.home", root.toString(), "serai.node", name);
        BundleContext context = (BundleContext) Proxy.newProxyInstance(
                BundleContext.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> properties.get(String.valueOf(arguments[0])));
        return ResolvedArtifacts.of(context, repository, List.of());
    }

    private Delivery delivery(ResolvedArtifacts node) {
        Entry entry = Objects.requireNonNull(repository.head().effective().get(LIST));
        return new Delivery(new Artifact(LIST, entry.blob(), new StateContent(repository, entry.blob())), node);
    }

    private static OtherNodes others(boolean leads) {
        OtherNodes others = new OtherNodes(new HeadMoves());
        List<ClusterNode> nodes = List.of(clusterNode("node1", leads, true), clusterNode("node2", !leads, false));
        others.cluster = (ClusterService) Proxy.newProxyInstance(
                ClusterService.class.getClassLoader(),
                new Class<?>[] {ClusterService.class},
                (proxy, method, arguments) -> nodes);
        return others;
    }

    private static ClusterNode clusterNode(String name, boolean leads, boolean self) {
        Member member = new Member(UUID.randomUUID(), name, "localhost", 1, 2, Set.of(), List.of());
        return new ClusterNode(member, ClusterNode.Status.JOINED, Optional.empty(), leads, self);
    }

    private String repositoryOf(Delivery delivery) throws DeploymentException {
        return delivery.repositories(List.of(features.toUri().toString())).get(0);
    }

    @Test
    public void nodesWithoutTheOriginGetWhatTheFirstHad() throws DeploymentException, IOException {
        Delivery first = delivery(node("node1"));
        repositoryOf(first);
        assertThat(first.record(others(true))).isEmpty();
        Files.delete(bundle);
        Files.delete(features);

        String given = repositoryOf(delivery(node("node2")));

        String inside = Files.readString(Path.of(URI.create(given))).replaceAll("(?s).*<bundle>(.*?)</bundle>.*", "$1");
        assertThat(Path.of(URI.create(inside))).hasContent("mail");
    }

    @Test
    public void knowsWhichRepositorySomebodyMayHaveAddedByHand() throws DeploymentException, IOException {
        Delivery delivery = delivery(node("node1"));
        String given = repositoryOf(delivery);
        delivery.record(others(true));

        assertThat(delivery.replaced(new FeatureList(List.of(given, "mvn:acme/known/1/xml"), List.of())))
                .containsExactly(features.toUri().toString());

        Files.writeString(features, "<features/>");
        Delivery again = delivery(node("node1"));
        repositoryOf(again);
        assertThatThrownBy(again::compare)
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining(features.toUri().toString());
    }

    @Test
    public void filesThatWereDeliveredOutliveTheCleaning() throws DeploymentException, IOException {
        ResolvedArtifacts node = node("node1");
        Delivery delivery = delivery(node);
        String given = repositoryOf(delivery);
        delivery.bring(List.of(bundle.toUri().toString()));

        node.keepUsed();

        assertThat(Path.of(URI.create(given))).exists();
    }

    @Test
    public void writesWhatIsNewWhoeverLeadsAndTidiesOnlyAsLeader() throws DeploymentException {
        Delivery first = delivery(node("node1"));
        repositoryOf(first);
        assertThat(first.record(others(false))).as("nobody else has it").isEmpty();
        assertThat(resolved()).isEqualTo(3);
        int changes = repository.changes().size();

        repository.put(LIST.value(), "features: []");
        assertThat(delivery(node("node1")).record(others(false))).isEmpty();
        assertThat(repository.changes()).as("left to the one that leads").hasSize(changes + 1);

        assertThat(delivery(node("node1")).record(others(true))).isEmpty();
        assertThat(resolved()).isZero();
    }

    private long resolved() {
        return repository.head().files().keySet().stream()
                .filter(path -> path.isBelow("resolved"))
                .count();
    }
}
