package io.serai.cluster.internal;

import io.serai.api.state.Author;
import io.serai.api.state.Change;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.cluster.internal.coordination.Connection;
import io.serai.cluster.internal.coordination.Hub;
import io.serai.cluster.internal.coordination.ThreadAgenda;
import io.serai.cluster.internal.replication.Asking;
import io.serai.cluster.internal.replication.CatchUp;
import io.serai.cluster.internal.replication.Peers;
import io.serai.cluster.internal.replication.Proposals;
import io.serai.cluster.internal.replication.Replicator;
import io.serai.cluster.internal.replication.Supply;
import io.serai.state.internal.GitStateRepository;
import io.serai.state.internal.TestState;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.rules.TemporaryFolder;

/** Nodes with real repositories on a network in memory. */
final class ReplicationFixture extends TemporaryFolder {
    private final ThreadAgenda agenda = new ThreadAgenda();
    final MemoryNetwork network = new MemoryNetwork();
    final List<Node> nodes = new ArrayList<>();
    final List<UUID> twins = new ArrayList<>();

    /** One node. */
    final class Node {
        final GitStateRepository repository;
        final MemoryNetwork.Port port = network.port();
        final Peers peers = new Peers(port.self());
        final Proposals proposals;
        final Replicator replicator;

        Node(String name, UUID id) throws StateException {
            repository = TestState.open(getRoot().toPath(), name);
            Replicator.State state = new Replicator.State(repository, repository);
            Asking asking = new Asking(port);
            Supply supply = new Supply(repository, System::nanoTime);
            CatchUp catchUp = new CatchUp(state, asking, peers);
            proposals = new Proposals(state, new Proposals.Exchange(asking, catchUp, supply), peers);
            replicator = new Replicator(new Replicator.Self(id, twins::add), state, port, peers, network::later);
            TestState.connect(repository, proposals);
            network.afterEach(replicator::headMoved);
            network.connect(
                    port,
                    new Conversation(
                            replicator,
                            proposals,
                            supply,
                            new Questions(),
                            new Connection(new Hub(agenda, id), agenda, port)));
        }

        CommitId head() {
            return repository.head().commit();
        }

        CommitId put(String path, String text) throws StateException {
            return put(path, text.getBytes(StandardCharsets.UTF_8));
        }

        CommitId put(String path, byte[] content) throws StateException {
            Change change = Change.of(
                    Map.of(new StatePath(path), Content.of(content)),
                    Set.of(),
                    new Author("ann", "shell"),
                    "Put " + path);
            return repository.commit(change);
        }

        Optional<String> text(String path) throws Exception {
            StatePath file = new StatePath(path);
            if (!repository.head().files().containsKey(file)) {
                return Optional.empty();
            }
            Content content = repository.head().content(file).orElseThrow();
            try (InputStream in = content.open()) {
                return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    /** Adds a node that joins those that are there. */
    Node add() throws StateException {
        return add(UUID.randomUUID());
    }

    /** Adds a node that claims an identity. */
    Node add(UUID id) throws StateException {
        Node node = new Node("node" + (nodes.size() + 1), id);
        nodes.add(node);
        return node;
    }

    @Override
    protected void after() {
        nodes.forEach(node -> TestState.close(node.repository));
        agenda.close();
        super.after();
    }
}
