package io.serai.deployer.internal;

import io.serai.api.cluster.ClusterNode;
import io.serai.api.cluster.ClusterService;
import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.ArtifactHandler;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.deploy.DeploymentService;
import io.serai.api.deploy.Verdict;
import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.StatePath;
import io.serai.deployer.fixture.MemoryRepository;
import io.serai.deployer.fixture.TestFramework;
import io.serai.deployer.internal.cluster.AskedFellows;
import io.serai.deployer.internal.cluster.StandingQuestion;
import io.serai.deployer.internal.rolling.Rolling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.BundleException;

/** Deployers of several nodes in one process, on one state, that ask each other by what they ask over a cluster. */
final class TestNodes implements ClusterService, AutoCloseable {
    /** What was applied, in that order: {@code node1 text}. */
    final List<String> applied = new CopyOnWriteArrayList<>();

    /** How often one was asked. */
    final AtomicInteger questions = new AtomicInteger();

    private final MemoryRepository repository;
    private final TemporaryFolder folder;
    private final Map<String, Node> inReach = new ConcurrentHashMap<>();
    private final Map<String, Node> all = new TreeMap<>();

    TestNodes(MemoryRepository repository, TemporaryFolder folder) {
        this.repository = repository;
        this.folder = folder;
    }

    void start(String... names) throws BundleException, IOException {
        for (String name : names) {
            start(name, Map.of());
        }
    }

    private void start(String name, Map<StatePath, BlobId> served) throws BundleException, IOException {
        AskedFellows fellows = new AskedFellows(name);
        fellows.connect(this);
        DeployerRig rig = new DeployerRig(
                new TestFramework(folder.newFolder()),
                repository,
                Duration.ofSeconds(10),
                List.of(),
                new Rolling.Witnesses(fellows, path -> Optional.ofNullable(served.get(path))));
        Node node = new Node(name, rig);
        rig.deployments.add(node);
        all.put(name, node);
        inReach.put(name, node);
    }

    Collection<Node> all() {
        return all.values();
    }

    Node get(String name) {
        Node node = all.get(name);
        if (node == null) {
            throw new AssertionError(name);
        }
        return node;
    }

    /** Lets the others not hear from a node any more. */
    void cut(String name) {
        inReach.remove(name);
    }

    /** Stops a node, which keeps what it needs to be started again. */
    void stop(String name) throws BundleException {
        cut(name);
        get(name).stop();
    }

    void restart(String name) throws BundleException, IOException {
        stop(name);
        start(name, get(name).served);
    }

    @Override
    public void close() throws BundleException {
        for (Node node : all.values()) {
            node.unblock();
            node.stop();
        }
    }

    @Override
    public List<ClusterNode> nodes() {
        return List.of();
    }

    @Override
    public CompletableFuture<Void> caughtUp() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Map<String, CompletableFuture<byte[]>> ask(String question, byte[] argument, Duration timeout) {
        questions.incrementAndGet();
        Map<String, CompletableFuture<byte[]>> answers = new HashMap<>();
        inReach.forEach((name, node) -> answers.put(
                name, CompletableFuture.supplyAsync(() -> new StandingQuestion(node, repository).answer(argument))));
        return answers;
    }

    /** A node that applies files which say what to do: {@code fail on <node>}, {@code needs more on <node>}. */
    final class Node implements ArtifactHandler, DeploymentService {
        private final String name;
        private final DeployerRig rig;
        private final Map<StatePath, String> serving = new ConcurrentHashMap<>();
        private final Map<StatePath, BlobId> served = new HashMap<>();
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private boolean stopped;

        Node(String name, DeployerRig rig) {
            this.name = name;
            this.rig = rig;
        }

        DeployerRig rig() {
            return rig;
        }

        String serving(String path) {
            return serving.getOrDefault(new StatePath(path), "");
        }

        /** Has it take its time for what it applies from now on. */
        void block() {
            gate = new CountDownLatch(1);
        }

        void unblock() {
            gate.countDown();
        }

        private void stop() throws BundleException {
            if (!stopped) {
                stopped = true;
                verdicts().forEach(verdict -> verdict.serving().ifPresent(blob -> served.put(verdict.path(), blob)));
                rig.close();
            }
        }

        @Override
        public String description() {
            return "routes (.route)";
        }

        @Override
        public boolean handles(StatePath path) {
            return path.value().endsWith(".route");
        }

        @Override
        public String apply(Artifact artifact) throws DeploymentException {
            try {
                String text = new String(artifact.content().bytes(), StandardCharsets.UTF_8);
                applied.add(name + " " + text);
                gate.await();
                if (text.equals("fail on " + name)) {
                    throw new DeploymentException(Reason.START_FAILED, "It cannot run here.", null);
                } else if (text.equals("needs more on " + name)) {
                    throw new DeploymentException(Reason.UNSATISFIED, "It waits for more", null);
                }
                serving.put(artifact.path(), text);
                return "1 route";
            } catch (IOException | InterruptedException e) {
                throw new DeploymentException(Reason.IO, "unreadable", e);
            }
        }

        @Override
        public void remove(StatePath path) {
            serving.remove(path);
        }

        @Override
        public List<Verdict> verdicts() {
            return rig.deployments.book().all();
        }

        @Override
        public Optional<Verdict> verdict(StatePath path) {
            return rig.deployments.book().find(path);
        }

        @Override
        public Optional<CommitId> applied() {
            return rig.deployments.reconciler().applied();
        }

        @Override
        public CompletableFuture<List<Verdict>> await(CommitId commit, Collection<StatePath> paths) {
            return rig.deployments.reconciler().await(commit, paths);
        }
    }
}
