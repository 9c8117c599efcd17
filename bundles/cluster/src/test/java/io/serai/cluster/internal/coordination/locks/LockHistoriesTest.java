package io.serai.cluster.internal.coordination.locks;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.cluster.Agreement;
import io.serai.api.cluster.ClusterLock;
import io.serai.api.cluster.LeaderElection.Listener;
import io.serai.api.cluster.Leadership;
import io.serai.cluster.internal.coordination.locks.LockNodes.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whatever happens: at most one holder by majority at any moment, and each with a greater token than all before; after
 * quiet, exactly one leads each part of those in reach, and at most one has a lock.
 */
public class LockHistoriesTest {
    private static final Logger LOG = LoggerFactory.getLogger(LockHistoriesTest.class);
    private static final int HISTORIES = Integer.getInteger("coordination.histories", 60);
    private static final Duration MOMENT = Duration.ofMillis(50);

    /** What is done with the locks of one history. */
    private static final class History {
        private final LockNodes nodes;
        private final Random random;
        private final Map<Node, List<ClusterLock>> got = new HashMap<>();
        private final Map<Node, List<Leadership>> leaderships = new HashMap<>();
        private final Map<String, Long> tokens = new HashMap<>();
        int held;

        History(long seed) {
            nodes = new LockNodes(seed);
            random = nodes.simulation.random();
            nodes.start(2 + random.nextInt(4));
            nodes.all().forEach(this::join);
            nodes.simulation.rough = true;
        }

        private void join(Node node) {
            List<Leadership> of = new ArrayList<>();
            for (Agreement agreement : List.of(Agreement.REACHABLE, Agreement.MAJORITY)) {
                of.add(node.locks.join("leader", agreement, new Listener() {
                    @Override
                    public void elected(long term) {}

                    @Override
                    public void deposed() {}
                }));
            }
            leaderships.put(node, of);
        }

        void step() {
            Node node = nodes.node(random.nextInt(nodes.all().size()));
            switch (random.nextInt(20)) {
                case 0 -> {
                    node.process.part = random.nextInt(2);
                    nodes.simulation.tellViews();
                }
                case 1 -> restart(node);
                case 2 -> node.process.stall(Duration.ofMillis(random.nextInt(15_000)));
                case 3 -> resign(node);
                case 4, 5, 6, 7 -> ask(node);
                default -> got.getOrDefault(node, List.of()).stream()
                        .filter(lock -> random.nextBoolean())
                        .forEach(ClusterLock::close);
            }
            // mostly in quick succession, but a lease needs time to run out
            run(Duration.ofMillis(random.nextInt(random.nextInt(4) == 0 ? 15_000 : 2_000)));
        }

        private void restart(Node node) {
            got.remove(node);
            leaderships.remove(node);
            int index = nodes.all().indexOf(node);
            nodes.restart(node);
            join(nodes.node(index));
        }

        private void resign(Node node) {
            leaderships.getOrDefault(node, List.of()).forEach(Leadership::close);
            join(node);
        }

        private void ask(Node node) {
            Agreement agreement = random.nextInt(3) == 0 ? Agreement.REACHABLE : Agreement.MAJORITY;
            String name = agreement + "-" + random.nextInt(2);
            var unused = node.locks
                    .ask(name, agreement, Duration.ofMillis(random.nextInt(10_000)))
                    .thenAccept(lock -> lock.ifPresent(given ->
                            got.computeIfAbsent(node, of -> new ArrayList<>()).add(given)));
        }

        void run(Duration duration) {
            for (Duration done = Duration.ZERO; done.compareTo(duration) < 0; done = done.plus(MOMENT)) {
                nodes.simulation.run(MOMENT);
                check();
            }
        }

        private void check() {
            Map<String, Long> holders = new HashMap<>();
            got.values().forEach(locks -> locks.stream()
                    .filter(lock -> lock.isHeld() && lock.name().contains("MAJORITY"))
                    .forEach(lock -> check(holders, lock.name(), lock.token())));
            nodes.all()
                    .forEach(node -> term(node, Agreement.MAJORITY).ifPresent(term -> check(holders, "leader", term)));
        }

        private void check(Map<String, Long> holders, String name, long token) {
            assertThat(holders.put(name, token)).as("other holder of " + name).isNull();
            Long before = tokens.put(name, token);
            assertThat(before == null || token >= before)
                    .as(name + ": " + before + ", " + token)
                    .isTrue();
            held += before == null || token > before ? 1 : 0;
        }

        void checkQuiet() {
            nodes.simulation.rough = false;
            nodes.simulation.tellViews();
            run(Duration.ofSeconds(45));
            for (int part = 0; part < 2; part++) {
                int of = part;
                List<Node> there = nodes.all().stream()
                        .filter(node -> node.process.part == of)
                        .toList();
                assertThat(leading(there, Agreement.REACHABLE)).isEqualTo(there.isEmpty() ? 0 : 1);
                assertThat(leading(there, Agreement.MAJORITY))
                        .isEqualTo(2 * there.size() > nodes.all().size() ? 1 : 0);
                for (int i = 0; i < 2; i++) {
                    String name = "lock/" + Agreement.REACHABLE + "-" + i;
                    assertThat(there.stream()
                                    .flatMap(node -> got.getOrDefault(node, List.of()).stream())
                                    .filter(lock -> lock.name().equals(name) && lock.isHeld()))
                            .as(name)
                            .hasSizeLessThan(2);
                }
            }
        }

        private long leading(List<Node> there, Agreement agreement) {
            return there.stream()
                    .filter(node -> term(node, agreement).isPresent())
                    .count();
        }

        private OptionalLong term(Node node, Agreement agreement) {
            return leaderships
                    .getOrDefault(node, List.of())
                    .get(agreement == Agreement.REACHABLE ? 0 : 1)
                    .term();
        }
    }

    @Test
    public void promisesAreKeptWhateverHappens() {
        int held = 0;
        for (int i = 0; i < HISTORIES; i++) {
            long seed = Long.getLong("coordination.seed", 5_000L + i);
            try {
                History history = new History(seed);
                for (int step = 0; step < 60; step++) {
                    history.step();
                }
                history.checkQuiet();
                held += history.held;
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Replay with -Dcoordination.seed=" + seed, e);
            }
        }
        LOG.info("Holders by majority: count={}, histories={}", held, HISTORIES);
        assertThat(held).as("holders by majority, or nothing was shown").isGreaterThan(2 * HISTORIES);
    }
}
