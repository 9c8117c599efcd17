package io.serai.api.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.Test;

public class NearNamesTest {
    private static final List<String> NAMES = List.of("timer", "xslt", "paho-mqtt5", "log", "direct", "bean");

    @Test
    public void findsWhatWasMeant() {
        assertThat(NearNames.nearest("tiemr", NAMES)).contains("timer");
        assertThat(NearNames.nearest("LOGG", NAMES)).contains("log");
        assertThat(NearNames.nearest("paho-mqtt", NAMES)).contains("paho-mqtt5");
        assertThat(NearNames.nearest("timer", NAMES)).contains("timer");
    }

    @Test
    public void takesTheNearestAndOfEquallyNearOnesTheFirst() {
        assertThat(NearNames.nearest("orders", List.of("order", "orderz", "ordersx", "orders2")))
                .contains("order");
        assertThat(NearNames.nearest("orders.gett", List.of("orders.put", "orders.get")))
                .contains("orders.get");
    }

    @Test
    public void guessesNothingFarOff() {
        assertThat(NearNames.nearest("ftp", NAMES)).isEmpty();
        assertThat(NearNames.nearest("salesforce", NAMES)).isEmpty();
        assertThat(NearNames.nearest("x", List.of())).isEmpty();
    }
}
