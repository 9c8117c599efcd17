package io.serai.admin.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;

public class FailureThrottleTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final FailureThrottle throttle = new FailureThrottle(now::get);

    @Test
    public void closesAfterFiveFailuresAndOpensWhenTheFirstIsAMinuteOld() {
        for (int i = 0; i < 4; i++) {
            assertThat(throttle.failed("10.0.0.1")).isFalse();
            now.addAndGet(Duration.ofSeconds(5).toNanos());
        }
        assertThat(throttle.wait("10.0.0.1")).isEmpty();
        assertThat(throttle.failed("10.0.0.1")).isTrue();

        assertThat(throttle.wait("10.0.0.1")).contains(Duration.ofSeconds(40));
        assertThat(throttle.wait("10.0.0.2")).isEmpty();

        now.addAndGet(Duration.ofSeconds(40).toNanos());
        assertThat(throttle.wait("10.0.0.1")).isEmpty();
    }

    @Test
    public void takesANetworkOfIpv6ForOneAddress() {
        for (int i = 0; i < 5; i++) {
            throttle.failed("2001:db8:0:1::" + i);
        }

        assertThat(throttle.wait("[2001:db8:0:1:ffff::7]")).isPresent();
        assertThat(throttle.wait("2001:db8:0:2::1")).isEmpty();
    }

    @Test
    public void remembersABoundedNumberOfAddresses() {
        for (int i = 0; i < 5; i++) {
            throttle.failed("10.0.0.1");
        }
        for (int i = 0; i < 10_000; i++) {
            throttle.failed("10.1." + i / 256 + "." + i % 256);
        }

        assertThat(throttle.wait("10.0.0.1")).isEmpty();
        assertThat(throttle.wait("10.1.0.1")).isEmpty();
    }
}
