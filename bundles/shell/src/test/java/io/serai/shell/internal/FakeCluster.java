package io.serai.shell.internal;

import io.serai.api.cluster.ClusterCertificate;
import io.serai.api.cluster.ClusterNode;
import io.serai.api.cluster.ClusterService;
import io.serai.api.cluster.Member;
import io.serai.api.cluster.Membership;
import io.serai.api.cluster.NodeIdentity;
import io.serai.api.deploy.ClusterDeploymentService;
import io.serai.api.deploy.Verdict;
import io.serai.api.state.Author;
import io.serai.api.state.CommitId;
import io.serai.api.state.MergeConflict;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateReplica;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/** Two nodes, of which one is away, and one conflict. */
final class FakeCluster implements ClusterService, Membership, ClusterDeploymentService, NodeIdentity {
    private static final CommitId HEAD = new CommitId("a".repeat(40));
    /** The first commit of {@link MemoryState}. */
    private static final CommitId LOST = new CommitId("0000" + "c".repeat(36));

    /** What was done, a word and an argument each. */
    final List<String> done = new ArrayList<>();

    /** What other nodes answer. */
    final Map<String, CompletableFuture<List<Verdict>>> others = new TreeMap<>();

    private final List<Member> members = new ArrayList<>(List.of(member(1), member(2)));
    private final List<MergeConflict> conflicts =
            new ArrayList<>(List.of(new MergeConflict(HEAD, new StatePath("deploy/hello.java"), HEAD, LOST)));

    /** Returns the state of this cluster as it is replicated; has what concerns conflicts. */
    StateReplica replica() {
        return (StateReplica) Proxy.newProxyInstance(
                StateReplica.class.getClassLoader(), new Class<?>[] {StateReplica.class}, this::call);
    }

    private Object call(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "conflicts" -> List.copyOf(conflicts);
            case "keepWon", "takeLost" -> {
                conflicts.remove(arguments[0]);
                done.add(method.getName() + " " + ((Author) arguments[1]).name());
                yield HEAD;
            }
            case "toString" -> "replica";
            case "hashCode" -> 1;
            case "equals" -> proxy == arguments[0];
            default -> throw new UnsupportedOperationException(method.getName());
        };
    }

    private static Member member(int number) {
        return new Member(
                new UUID(0, number),
                "node" + number,
                "127.0.0.1",
                8780 + number,
                8440 + number,
                Set.of("c" + number),
                List.of("edge", "fast" + number));
    }

    @Override
    public UUID id() {
        return members.get(0).id();
    }

    @Override
    public String name() {
        return members.get(0).name();
    }

    @Override
    public SSLContext tls() {
        throw new UnsupportedOperationException("No command does this");
    }

    @Override
    public List<ClusterNode> nodes() {
        return List.of(
                new ClusterNode(members.get(0), ClusterNode.Status.JOINED, Optional.of(HEAD), true, true),
                new ClusterNode(members.get(1), ClusterNode.Status.UNREACHABLE, Optional.empty(), false, false));
    }

    @Override
    public CompletableFuture<Void> caughtUp() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Map<String, CompletableFuture<byte[]>> ask(String question, byte[] argument, Duration timeout) {
        return Map.of();
    }

    @Override
    public List<Member> members() {
        return List.copyOf(members);
    }

    @Override
    public List<ClusterCertificate> certificates() {
        return List.of(
                new ClusterCertificate(Optional.empty(), "a".repeat(64), Optional.of(TestCertificate.read()), true),
                new ClusterCertificate(Optional.of("node1"), "b".repeat(64), Optional.of(TestCertificate.read()), true),
                new ClusterCertificate(Optional.of("node1"), "c".repeat(64), Optional.empty(), false));
    }

    @Override
    public String createToken(Duration validity, Author author) {
        return "serai-join-" + validity.toSeconds() + author.name();
    }

    @Override
    public void forget(String name, Author author) {
        done.add("forget " + name);
    }

    @Override
    public void rotate(Author author) {
        done.add("rotate " + author.name());
    }

    @Override
    public Map<String, CompletableFuture<List<Verdict>>> verdicts(Duration timeout) {
        return others;
    }

    @Override
    public Map<String, CompletableFuture<List<Verdict>>> await(
            CommitId commit, Collection<StatePath> paths, Duration timeout) {
        return others;
    }
}
