package io.serai.cluster.internal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.cluster.internal.message.Announcement;
import io.serai.cluster.internal.message.Answer;
import io.serai.cluster.internal.message.Frame;
import io.serai.cluster.internal.message.Request;
import io.serai.cluster.internal.replication.Asking;
import io.serai.cluster.internal.replication.CatchUp;
import io.serai.cluster.internal.replication.Peers;
import io.serai.cluster.internal.replication.Proposals;
import io.serai.cluster.internal.replication.Replicator;
import io.serai.cluster.internal.replication.Supply;
import io.serai.cluster.internal.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.Test;

/**
 * Random histories of two to seven nodes that change the state while the network loses messages, parts and heals, and while
 * nodes restart. Each history ends with a network that is whole, and is checked then. Run more with
 * {@code -Dserai.simulations=100000}, or one of them again with {@code -Dserai.seed=<seed>}.
 */
public class CatchUpSimulationTest {
    private static final int HISTORIES = Integer.getInteger("serai.simulations", 5_000);
    private static final int FILES = 6;
    private static final int ALL = 1_000_000;

    @Test
    public void allNodesEndAlikeAndNothingIsLost() throws StateException {
        Optional<Long> only = Optional.ofNullable(Long.getLong("serai.seed"));
        for (long seed = only.orElse(0L); seed < only.map(each -> each + 1).orElse((long) HISTORIES); seed++) {
            new Simulation(seed).run();
        }
    }

    /** A node; what it has on disk outlives its process. */
    private static final class Node {
        private final UUID id;
        private final ModelState state;
        private final SimulatedNetwork network;
        private CommitId heard;
        private SimulatedNetwork.Port port;
        private Replicator replicator;
        private Proposals proposals;

        Node(UUID id, Commits commits, SimulatedNetwork network) {
            this.id = id;
            this.state = new ModelState(commits);
            this.heard = state.at();
            this.network = network;
            start(0);
        }

        private void start(int part) {
            port = network.port();
            port.part = part;
            Peers peers = new Peers(port.self());
            Asking asking = new Asking(port);
            Replicator.State both = new Replicator.State(state, state);
            Supply supply = new Supply(state, () -> 0);
            CatchUp catchUp = new CatchUp(both, asking, peers);
            proposals = new Proposals(both, new Proposals.Exchange(asking, catchUp, supply), peers);
            replicator = new Replicator(new Replicator.Self(id, twin -> {}), both, port, peers, network::later);
            network.connect(port, new Ear(replicator, proposals, supply));
        }

        /** Does as the repository does when its head has moved. */
        void listen() {
            if (!state.at().equals(heard)) {
                heard = state.at();
                replicator.headMoved();
            }
        }

        void restart() {
            network.disconnect(port);
            start(port.part);
        }
    }

    /** Takes what comes to a node to whom it concerns. */
    private record Ear(Replicator replicator, Proposals proposals, Supply supply) implements Transport.Receiver {
        @Override
        public void viewChanged(List<UUID> view) {
            replicator.viewChanged(view);
        }

        @Override
        public void announced(UUID from, ByteBuffer message) {
            try {
                replicator.announced(from, Frame.decode(Announcement.class, message));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public byte[] asked(UUID from, ByteBuffer request) {
            try {
                return answer(from, Frame.decode(Request.class, request)).encode();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Frame<Answer> answer(UUID from, Frame<Request> frame) {
            try {
                if (frame.header() instanceof Request.Pack pack) {
                    return supply.open(from, pack);
                }
                if (frame.header() instanceof Request.Part part) {
                    return supply.part(from, part);
                }
                Request.Proposal proposal = (Request.Proposal) frame.header();
                return proposals.accept(from, new Frame<>(proposal, frame.payload()));
            } catch (StateException e) {
                return Frame.of(Answer.refused(e));
            } catch (IOException e) { // it could not get what it needs to answer
                return Frame.of(Answer.refused(new StateException(Reason.IO, "It did not get all of it", e)));
            }
        }
    }

    /** One history. */
    private static final class Simulation {
        private final long seed;
        private final Random random;
        private final SimulatedNetwork network;
        private final Commits commits = new Commits();
        private final List<Node> nodes = new ArrayList<>();
        private final List<CommitId> accepted = new ArrayList<>();

        Simulation(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.network = new SimulatedNetwork(random);
            int count = 2 + random.nextInt(6);
            for (int i = 0; i < count; i++) {
                nodes.add(new Node(new UUID(0, i), commits, network));
            }
        }

        void run() throws StateException {
            int steps = 10 + random.nextInt(40);
            for (int step = 0; step < steps; step++) {
                step();
            }
            network.heal();
            settle();
            check();
        }

        private void step() throws StateException {
            switch (random.nextInt(16)) {
                case 0 -> network.part();
                case 1 -> network.lose(random.nextInt(60));
                case 2 -> network.lose(any().port, any().port);
                case 3 -> network.heal();
                case 4 -> any().restart();
                case 5 -> any().replicator.compare();
                case 6, 7, 8, 9, 10 -> deliver(1 + random.nextInt(20));
                default -> change(any());
            }
        }

        private Node any() {
            return nodes.get(random.nextInt(nodes.size()));
        }

        private void change(Node node) throws StateException {
            Commits.Commit proposal = commits.change(node.state.at(), random.nextInt(FILES), random.nextInt(8) == 0);
            if (node.state.change(proposal, node.proposals)) {
                accepted.add(proposal.id());
            }
            nodes.forEach(Node::listen);
        }

        /** Delivers all, and compares as nodes do every 30 s, until nobody moves any more. */
        private void settle() {
            int before = -1;
            for (int rounds = 0; commits.count() > before || !alike(); rounds++) {
                assertThat(rounds).as("seed %s: rounds", seed).isLessThan(20);
                before = commits.count();
                nodes.forEach(node -> node.replicator.compare());
                deliver(ALL);
            }
        }

        private void deliver(int atMost) {
            for (int i = 0; i < atMost && network.deliver(); i++) {
                nodes.forEach(Node::listen);
            }
        }

        private boolean alike() {
            return nodes.stream().map(node -> node.state.at()).distinct().count() == 1;
        }

        private void check() {
            CommitId head = nodes.get(0).state.at();
            for (CommitId change : accepted) {
                assertThat(commits.contains(head, change))
                        .as("seed %s: %s is lost", seed, change)
                        .isTrue();
            }
            int before = commits.count();
            nodes.forEach(node -> node.replicator.compare());
            deliver(ALL);
            assertThat(commits.count()).as("seed %s: commits after quiet", seed).isEqualTo(before);
        }
    }
}
