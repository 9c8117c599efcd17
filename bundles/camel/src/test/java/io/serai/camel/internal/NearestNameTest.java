package io.serai.camel.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.Test;

public class NearestNameTest {
    private static final List<String> NAMES = List.of("bean", "direct", "log", "paho-mqtt5", "timer", "xslt");

    @Test
    public void findsWhatWasMeant() {
        assertThat(NearestName.of("tiemr", NAMES)).contains("timer");
        assertThat(NearestName.of("LOGG", NAMES)).contains("log");
        assertThat(NearestName.of("paho-mqtt", NAMES)).contains("paho-mqtt5");
    }

    @Test
    public void guessesNothingFarOff() {
        assertThat(NearestName.of("ftp", NAMES)).isEmpty();
        assertThat(NearestName.of("salesforce", NAMES)).isEmpty();
        assertThat(NearestName.of("x", List.of())).isEmpty();
    }
}
