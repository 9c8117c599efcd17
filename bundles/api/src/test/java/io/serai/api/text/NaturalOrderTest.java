package io.serai.api.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.Test;

public class NaturalOrderTest {
    @Test
    public void comparesDigitsAsNumbers() {
        List<String> ordered = List.of(
                "",
                "7",
                "a",
                "node",
                "node1",
                "node02",
                "node2",
                "node2-3",
                "node2-20",
                "node10",
                "node99999999999999999999",
                "node100000000000000000000",
                "nodes");
        List<String> names = new ArrayList<>(ordered);
        Collections.reverse(names);

        names.sort(NaturalOrder.OF_NAMES);

        assertThat(names).isEqualTo(ordered);
    }

    @Test
    public void takesNoTwoNamesForOne() {
        assertThat(NaturalOrder.OF_NAMES.compare("node1", "node01")).isNotZero();
        assertThat(NaturalOrder.OF_NAMES.compare("node1", "node1")).isZero();
    }
}
