package io.serai.api.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.Test;

public class NearestNameTest {
    private static final List<String> NAMES = List.of("deploy/orders.jar", "methods", "path", "service", "timeout");

    @Test
    public void proposesWhatDiffersInAFewCharacters() {
        assertThat(NearestName.of("pth", NAMES)).contains("path");
        assertThat(NearestName.of("servcie", NAMES)).contains("service");
    }

    @Test
    public void proposesWhatHasTheTextInIt() {
        assertThat(NearestName.of("meth", NAMES)).contains("methods");
    }

    @Test
    public void knowsAPathByItsLastSegment() {
        assertThat(NearestName.of("order.jar", NAMES)).contains("deploy/orders.jar");
    }

    @Test
    public void proposesNothingForWhatIsLikeNoName() {
        assertThat(NearestName.of("credentials", NAMES)).isEmpty();
        assertThat(NearestName.of("", NAMES)).isEmpty();
        assertThat(NearestName.of("path".repeat(100), NAMES)).isEmpty();
    }
}
