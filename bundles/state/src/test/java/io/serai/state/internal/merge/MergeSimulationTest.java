package io.serai.state.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.Test;

/**
 * Random histories of two to seven nodes that are parted and meet again, with clocks an hour apart. Each ends with all of
 * them in touch, and is checked then. Run more with {@code -Dserai.simulations=1000000}, or one of them again with
 * {@code -Dserai.seed=<seed>}.
 */
public class MergeSimulationTest {
    private static final int HISTORIES = Integer.getInteger("serai.simulations", 10_000);
    private static final List<String> NAMES = List.of("a.jar", "b.jar", "c.java", "C.java", "d", "d/e.cfg");

    @Test
    public void allNodesEndAlikeAndNothingIsLost() throws StateException {
        Optional<Long> only = Optional.ofNullable(Long.getLong("serai.seed"));
        for (long seed = only.orElse(0L); seed < only.map(each -> each + 1).orElse((long) HISTORIES); seed++) {
            new Simulation(seed).run();
        }
    }

    /** A change of one file, as the commit that somebody's node has proposed. */
    private record Change(CommitId commit, StatePath path, Optional<BlobId> blob) {}

    private static final class Simulation {
        private final long seed;
        private final Random random;
        private final SimulatedGraph graph = new SimulatedGraph();
        private final List<CommitId> heads = new ArrayList<>();
        private final List<Integer> skews = new ArrayList<>();
        private final List<Integer> parts = new ArrayList<>();
        private final List<Change> proposed = new ArrayList<>();
        private final Set<Change> accepted = new LinkedHashSet<>();
        private int now = 100_000;

        Simulation(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            int nodes = 2 + random.nextInt(6);
            for (int i = 0; i < nodes; i++) {
                heads.add(graph.first);
                skews.add(random.nextInt(7_200) - 3_600);
                parts.add(0);
            }
        }

        void run() throws StateException {
            int steps = 10 + random.nextInt(50);
            for (int step = 0; step < steps; step++) {
                now += random.nextInt(3);
                switch (random.nextInt(11)) {
                    case 0 -> part();
                    case 10 -> deliver();
                    case 1, 2, 3, 4 -> pull(any(), any());
                    default -> change(any(), step);
                }
            }
            heal();
            check();
        }

        private int any() {
            return random.nextInt(heads.size());
        }

        /** Parts the nodes in up to three groups. */
        private void part() {
            int groups = 1 + random.nextInt(3);
            parts.replaceAll(before -> random.nextInt(groups));
        }

        private void pull(int from, int to) throws StateException {
            if (parts.get(from).equals(parts.get(to))) {
                heads.set(to, graph.include(heads.get(to), heads.get(from)));
            }
        }

        /**
         * Has somebody change a file at a node, which proposes it to the node that leads its part, or so it believes.
         * Proposals and answers get lost, and some proposals come late, or once more, to whoever leads then.
         */
        private void change(int node, int step) throws StateException {
            StatePath path = new StatePath("deploy/" + NAMES.get(random.nextInt(NAMES.size())));
            CommitId before = heads.get(node);
            boolean remove = random.nextInt(3) == 0;
            Optional<BlobId> blob =
                    remove ? Optional.empty() : Optional.of(new BlobId(String.format("%040x", random.nextInt(4) + 1)));
            CommitId commit = graph.commit(before, now + skews.get(node), path, blob);
            boolean alters = !graph.file(before, path).equals(blob);
            if (alters && TwinNames.find(graph.files(commit).keySet()).isEmpty()) {
                propose(node, new Change(commit, path, blob), step);
            }
        }

        private void propose(int node, Change change, int step) throws StateException {
            proposed.add(change);
            int leader = random.nextInt(4) == 0 ? node : parts.indexOf(parts.get(node));
            boolean comes = random.nextInt(8) != 0;
            boolean answered = random.nextInt(8) != 0;
            if (leader != node && comes) {
                boolean done = accept(leader, change);
                if (answered) {
                    if (done) {
                        accepted.add(change);
                    }
                    if (step % 2 == 0) {
                        pull(leader, node);
                    }
                    return;
                }
            }
            if (accept(node, change)) {
                accepted.add(change);
            }
        }

        private boolean accept(int node, Change change) throws StateException {
            Optional<CommitId> head = graph.accept(heads.get(node), change.commit(), change.path());
            head.ifPresent(commit -> heads.set(node, commit));
            return head.isPresent();
        }

        /** Has a proposal come to a node, which somebody has made at any time before. */
        private void deliver() throws StateException {
            if (!proposed.isEmpty()) {
                Change late = proposed.get(random.nextInt(proposed.size()));
                if (accept(any(), late)) {
                    accepted.add(late);
                }
            }
        }

        /** Has all nodes see each other, and compare heads in any order until nothing comes of it. */
        private void heal() throws StateException {
            parts.replaceAll(before -> 0);
            int rounds = 0;
            while (heads.stream().distinct().count() > 1) {
                assertThat(rounds++).as("seed %s: rounds", seed).isLessThan(50);
                for (int i = 0; i < heads.size() * heads.size(); i++) {
                    pull(any(), any());
                }
            }
        }

        private void check() throws StateException {
            CommitId head = heads.get(0);
            assertThat(TwinNames.find(graph.files(head).keySet()))
                    .as("seed %s", seed)
                    .isEmpty();
            for (Change change : accepted) {
                assertThat(counts(change, head)
                                || replaced(change, head)
                                || graph.lists(head, change.path(), change.blob()))
                        .as("seed %s: %s is lost", seed, change)
                        .isTrue();
            }
            accepted.stream().filter(change -> change.blob().isEmpty()).forEach(removal -> checkGone(removal, head));
        }

        private boolean counts(Change change, CommitId head) {
            return graph.file(head, change.path()).equals(change.blob());
        }

        /** Returns whether somebody made another change who had seen this one, or the same made by another. */
        private boolean replaced(Change change, CommitId head) {
            return proposed.stream()
                    .filter(later -> graph.contains(head, later.commit()))
                    .filter(later -> !later.equals(change) && later.path().equals(change.path()))
                    .anyMatch(later -> graph.contains(later.commit(), change.commit())
                            || graph.file(graph.parents(later.commit()).get(0), change.path())
                                    .equals(change.blob()));
        }

        /** Checks that no content came back that somebody removed who had seen it. */
        private void checkGone(Change removal, CommitId head) {
            Optional<BlobId> now = graph.file(head, removal.path());
            if (now.isEmpty()) {
                return;
            }
            boolean putBeside = proposed.stream()
                    .anyMatch(put -> graph.contains(head, put.commit())
                            && put.path().equals(removal.path())
                            && put.blob().equals(now)
                            && !graph.contains(removal.commit(), put.commit()));
            assertThat(putBeside)
                    .as("seed %s: %s came back after %s", seed, removal.path(), removal.commit())
                    .isTrue();
        }
    }
}
