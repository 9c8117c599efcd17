package io.serai.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.Test;

public class AddressRangeTest {
    private static InetAddress address(String text) {
        return AddressRange.address(text).orElseThrow();
    }

    @Test
    public void containsWhatHasItsFirstBits() {
        AddressRange range = AddressRange.parse("10.1.16.0/20");

        assertThat(range.contains(address("10.1.16.0"))).isTrue();
        assertThat(range.contains(address("10.1.31.255"))).isTrue();
        assertThat(range.contains(address("10.1.32.0"))).isFalse();
        assertThat(range.contains(address("10.2.16.1"))).isFalse();
        assertThat(AddressRange.parse("0.0.0.0/0").contains(address("255.1.2.3")))
                .isTrue();
        assertThat(AddressRange.parse("192.0.2.7").contains(address("192.0.2.8")))
                .isFalse();
    }

    @Test
    public void tellsTheFamiliesApart() {
        AddressRange range = AddressRange.parse("2001:db8::/33");

        assertThat(range.contains(address("2001:db8:7fff::1"))).isTrue();
        assertThat(range.contains(address("2001:db8:8000::1"))).isFalse();
        assertThat(AddressRange.parse("::/0").contains(address("10.0.0.1"))).isFalse();
        assertThat(address("::ffff:10.0.0.1")).isEqualTo(address("10.0.0.1"));
    }

    @Test
    public void refusesWhatIsNoneAndLooksNoNameUp() {
        List<String> wrong = List.of(
                "",
                "localhost",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.1/8",
                "10.0.0",
                "010.0.0.1",
                "1.2.3.999",
                "face",
                "::1%eth0",
                "2001:db8::/129",
                "10.0.0.0/8/8",
                "x".repeat(1000),
                "10.0.0.1\nx");
        for (String text : wrong) {
            assertThatThrownBy(() -> AddressRange.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(AddressRange.address("1.2.3.999")).isEmpty();
        assertThat(AddressRange.address("localhost")).isEmpty();
    }
}
