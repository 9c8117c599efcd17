package io.serai.cluster.internal.coordination.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.serai.api.cluster.ClusterMap;
import io.serai.cluster.internal.coordination.Simulation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.Test;

public class ReplicatedMapsTest {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final int HISTORIES = Integer.getInteger("coordination.histories", 60);

    private Simulation simulation = new Simulation(1);
    private final List<Node> nodes = new ArrayList<>();

    /** One process with its maps. */
    private static final class Node {
        final Simulation.Participant process;
        final ReplicatedMaps maps;

        Node(Simulation.Participant process) {
            this.process = process;
            this.maps = new ReplicatedMaps(process.hub(), process);
        }

        ClusterMap map() {
            return maps.map("test");
        }

        void put(String key, String value) {
            map().put(key, value.getBytes(StandardCharsets.UTF_8));
        }

        Optional<String> get(String key) {
            return map().get(key).map(value -> new String(value, StandardCharsets.UTF_8));
        }
    }

    private Node start() {
        Node node = new Node(simulation.start(new UUID(0, nodes.size())));
        nodes.add(node);
        simulation.tellViews();
        return node;
    }

    private void part(int... parts) {
        for (int i = 0; i < parts.length; i++) {
            nodes.get(i).process.part = parts[i];
        }
        simulation.tellViews();
        simulation.run(SOON);
    }

    @Test
    public void whatOneNodePutsAllHaveAndOneThatJoinsLaterToo() {
        Node first = start();
        Node second = start();
        simulation.run(SOON);
        first.put("a", "1");
        assertThat(first.get("a")).as("before anything was sent").contains("1");
        simulation.run(Duration.ofMillis(20));
        assertThat(second.get("a")).contains("1");

        for (int i = 0; i < 2_000; i++) {
            second.map().put("key" + i, new byte[500]);
        }
        Node third = start();
        simulation.run(SOON);

        assertThat(third.get("a")).contains("1");
        assertThat(third.map().entries()).hasSize(2_001);
    }

    @Test
    public void afterAPartitionTheLaterChangeCountsRemovalsIncluded() {
        Node first = start();
        Node second = start();
        simulation.run(SOON);
        first.put("changed", "old");
        first.put("removed", "old");
        simulation.run(SOON);
        part(0, 1);

        second.put("changed", "early");
        second.put("removed", "early");
        simulation.run(SOON);
        first.put("changed", "late");
        first.map().remove("removed");
        part(0, 0);

        assertThat(second.get("changed")).contains("late");
        assertThat(second.get("removed")).isEmpty();
        assertThat(first.map().entries()).containsOnlyKeys("changed");
    }

    @Test
    public void changeOfWhatWasSeenCountsAlsoWhereTheClockIsAnHourLate() {
        Node first = start();
        Node second = start();
        second.process.clockOffset = -Duration.ofHours(1).toMillis();
        simulation.run(SOON);
        first.put("a", "1");
        simulation.run(SOON);

        second.put("a", "2");
        simulation.run(SOON);

        assertThat(first.get("a")).contains("2");
        assertThat(second.get("a")).contains("2");
    }

    @Test
    public void valueGoesWhenItsTimeIsUpOnAllNodes() {
        Node first = start();
        Node second = start();
        simulation.run(SOON);
        List<String> heard = new ArrayList<>();
        second.map().subscribe((key, value) -> heard.add(key + (value.isPresent() ? " put" : " gone")));

        first.map().put("a", new byte[1], Duration.ofSeconds(5));
        simulation.run(Duration.ofSeconds(4));
        assertThat(second.map().get("a")).isPresent();
        simulation.run(Duration.ofSeconds(3));

        assertThat(first.map().get("a")).isEmpty();
        assertThat(second.map().get("a")).isEmpty();
        assertThat(heard).containsExactly("a put", "a gone");
    }

    @Test
    public void refusesWhatIsTooLargeAndSaysSo() {
        ClusterMap map = start().map();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> map.put("a", new byte[ClusterMap.MAX_VALUE_BYTES + 1]))
                .withMessageContaining("65536");
        assertThatIllegalArgumentException().isThrownBy(() -> map.put("", new byte[1]));
        for (int i = 0; i < ClusterMap.MAX_ENTRIES; i++) {
            map.put("key" + i, new byte[1]);
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> map.put("more", new byte[1]))
                .withMessageContaining("full");
        map.remove("key1");
        map.put("more", new byte[1]);
    }

    @Test
    public void mapsAreAlikeAfterQuietWhateverHappened() {
        for (int i = 0; i < HISTORIES; i++) {
            long seed = Long.getLong("coordination.seed", 1_000L + i);
            try {
                history(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Replay with -Dcoordination.seed=" + seed, e);
            }
        }
    }

    private void history(long seed) {
        simulation = new Simulation(seed);
        simulation.rough = true;
        nodes.clear();
        int count = 2 + simulation.random().nextInt(4);
        for (int i = 0; i < count; i++) {
            start().process.clockOffset = simulation.random().nextInt(20_000) - 10_000L;
        }
        for (int step = 0; step < 150; step++) {
            step(nodes.get(simulation.random().nextInt(count)));
            simulation.run(Duration.ofMillis(simulation.random().nextInt(600)));
        }
        simulation.rough = false;
        nodes.forEach(node -> node.process.part = 0);
        simulation.tellViews();
        simulation.run(Duration.ofSeconds(40));

        Map<String, String> expected = texts(nodes.get(0));
        for (Node node : nodes) {
            assertThat(texts(node)).isEqualTo(expected);
        }
    }

    private static Map<String, String> texts(Node node) {
        Map<String, String> texts = new TreeMap<>();
        node.map().entries().forEach((key, value) -> texts.put(key, new String(value, StandardCharsets.UTF_8)));
        return texts;
    }

    private void step(Node node) {
        String key = "key" + simulation.random().nextInt(12);
        String value = simulation.now().toString();
        switch (simulation.random().nextInt(12)) {
            case 0 -> {
                node.process.part = simulation.random().nextInt(2);
                simulation.tellViews();
            }
            case 1 -> restart(node);
            case 2 -> node.process.stall(Duration.ofMillis(simulation.random().nextInt(6_000)));
            case 3 -> node.map().put(key, value.getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(3));
            case 4, 5, 6 -> {
                node.map().remove(key);
                assertThat(node.get(key)).isEmpty();
            }
            default -> {
                node.put(key, value);
                assertThat(node.get(key)).contains(value);
            }
        }
    }

    private void restart(Node node) {
        node.process.kill();
        Node restarted = new Node(simulation.start(node.process.node()));
        restarted.process.part = node.process.part;
        nodes.set(nodes.indexOf(node), restarted);
        simulation.tellViews();
    }
}
