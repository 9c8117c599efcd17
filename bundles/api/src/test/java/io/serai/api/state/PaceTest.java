package io.serai.api.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

public class PaceTest {

    @Test
    public void isAskedForByLineOfItsOwn() {
        assertThat(Pace.of("Put orders.jar\n\nApply: rolling\n")).isEqualTo(Pace.ROLLING);
        assertThat(Pace.of("Put orders.jar\r\n\r\napply:  Rolling \r\nReviewed-by: Ann"))
                .isEqualTo(Pace.ROLLING);
        assertThat(Pace.of("Put orders.jar")).isEqualTo(Pace.AT_ONCE);
        assertThat(Pace.of("Do not write Apply: rolling here")).isEqualTo(Pace.AT_ONCE);
        assertThat(Pace.of("Squash\n\n    Apply: rolling\n")).isEqualTo(Pace.AT_ONCE);
        assertThat(Pace.of("Put orders.jar\n\nApply: rolling over")).isEqualTo(Pace.AT_ONCE);
    }

    @Test
    public void addsLineOnce() {
        String message = Pace.ROLLING.in("Put orders.jar\n");

        assertThat(message).isEqualTo("Put orders.jar\n\nApply: rolling\n");
        assertThat(Pace.ROLLING.in(message)).isEqualTo(message);
        assertThat(Pace.AT_ONCE.in("Put orders.jar")).isEqualTo("Put orders.jar");
    }
}
