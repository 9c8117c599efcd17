package io.serai.cluster.internal.coordination.locks;

import io.serai.cluster.internal.coordination.Simulation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** Nodes with locks, in a simulation. */
final class LockNodes {
    private static final Duration SOON = Duration.ofSeconds(3);

    final Simulation simulation;
    private final List<Node> nodes = new ArrayList<>();
    private final Set<UUID> members = new LinkedHashSet<>();

    LockNodes(long seed) {
        simulation = new Simulation(seed);
    }

    /** What a node keeps over a restart. */
    static final class Disk implements PromiseStore {
        private OptionalLong number = OptionalLong.empty();
        boolean broken;

        @Override
        public OptionalLong read() {
            return number;
        }

        @Override
        public void write(long written) throws IOException {
            if (broken) {
                throw new IOException("No space left on device");
            }
            number = OptionalLong.of(written);
        }
    }

    /** One process of a node. */
    static final class Node {
        final Simulation.Participant process;
        final Disk disk;
        final GrantedLocks locks;

        Node(Simulation.Participant process, Disk disk, Set<UUID> members) {
            this.process = process;
            this.disk = disk;
            this.locks = new GrantedLocks(process.hub(), () -> members, disk, process);
        }
    }

    Node node(int index) {
        return nodes.get(index);
    }

    List<Node> all() {
        return List.copyOf(nodes);
    }

    /** Starts nodes that all know of one another as members. */
    void start(int count) {
        for (int i = 0; i < count; i++) {
            members.add(new UUID(0, i));
        }
        for (UUID member : members) {
            nodes.add(new Node(simulation.start(member), new Disk(), members));
        }
        simulation.tellViews();
        simulation.run(SOON);
    }

    /** Lets one more member in. */
    void add() {
        UUID member = new UUID(0, members.size());
        members.add(member);
        nodes.add(new Node(simulation.start(member), new Disk(), members));
        simulation.tellViews();
    }

    void kill(Node node) {
        node.process.kill();
        simulation.tellViews();
    }

    void restart(Node node) {
        node.process.kill();
        Node restarted = new Node(simulation.start(node.process.node()), node.disk, members);
        restarted.process.part = node.process.part;
        nodes.set(nodes.indexOf(node), restarted);
        simulation.tellViews();
    }

    void part(int... parts) {
        for (int i = 0; i < parts.length; i++) {
            nodes.get(i).process.part = parts[i];
        }
        simulation.tellViews();
        simulation.run(SOON);
    }
}
