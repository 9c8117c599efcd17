package io.serai.security.internal.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.Assume.assumeTrue;

import io.serai.security.internal.directory.Outsider;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Against OpenLDAP. */
public class LdapDirectoryTest {
    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static Optional<Slapd> server = Optional.empty();

    @BeforeClass
    public static void start() throws Exception {
        assumeTrue("there is no slapd; .ci/run installs it", Slapd.isThere());
        server = Optional.of(new Slapd(FOLDER.getRoot().toPath()));
    }

    @AfterClass
    public static void stop() throws InterruptedException {
        if (server.isPresent()) {
            server.get().close();
        }
    }

    @Test
    public void findsWhoItIsAndTheGroupsOfItsGroups() throws Exception {
        for (Map<String, Object> way :
                List.<Map<String, Object>>of(Map.of(), Map.of("url", slapd().tlsUrl()), Map.of("start_tls", false))) {
            assertThat(check(way, "lisa", "lisa's secret").map(Outsider::groups).orElseThrow())
                    .as(way.toString())
                    .containsExactlyInAnyOrder("night", "shifts", "all");
        }
        assertThat(check(Map.of("group_depth_count", 0), "lisa", "lisa's secret")
                        .orElseThrow()
                        .groups())
                .containsExactly("night");
        assertThat(check(Map.of("group_base_dn", ""), "LISA", "lisa's secret").orElseThrow())
                .isEqualTo(new Outsider("lisa", Set.of()));
    }

    @Test
    public void takesNoOtherPasswordAndNoEmptyOne() throws Exception {
        assertThat(check(Map.of(), "lisa", "star's secret")).isEmpty();
        assertThat(check(Map.of(), "lisa", "")).isEmpty();
        assertThat(check(Map.of(), "nobody", "")).isEmpty();
        assertThat(check(Map.of(), "finder", "finder's secret")).isEmpty(); // is not where people are
        assertThat(check(Map.of(), "twin", "twin's secret")).isEmpty(); // are two
    }

    @Test
    public void aNameIsNoPartOfAFilter() throws Exception {
        for (String name :
                new String[] {"*", "l*", "li*", "lisa)(cn=*", "*)(uid=*))(|(uid=*", "lisa\0", "\\2a", "li\\73a"}) {
            assertThat(check(Map.of(), name, "lisa's secret")).as(name).isEmpty();
        }
        assertThat(check(Map.of(), "li*a", "star's secret")).isEmpty(); // no name of a user
        assertThat(check(Map.of("user_filter", "(cn={user})"), "Lisa (the one)", "lisa's secret")
                        .orElseThrow()
                        .name())
                .isEqualTo("lisa");
    }

    @Test
    public void trustsNobodyElse() throws Exception {
        assertThatThrownBy(() -> check(Map.of("trust_file", ""), "lisa", "lisa's secret"))
                .isInstanceOf(IOException.class);
        Slapd other = new Slapd(FOLDER.newFolder().toPath(), "ldap.acme"); // whose certificate is in order
        for (String url : List.of(other.url(), other.tlsUrl())) {
            assertThatThrownBy(() -> other.directory(Map.of("url", url)).check("lisa", "lisa's secret".toCharArray()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("ldap.acme");
        }
        other.close();
        assertThatThrownBy(() -> check(Map.of("_bind_password", "wrong"), "lisa", "lisa's secret"))
                .isInstanceOf(IOException.class);
    }

    @Test
    public void asksTheNextServerAndGivesUpInTime() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            String dead = "ldap://localhost:" + mute.getLocalPort();
            Map<String, Object> hasty = Map.of("answer_timeout_millis", 200, "connect_timeout_millis", 200);
            Map<String, Object> both = new TreeMap<>(hasty);
            both.put("url", dead + ", " + slapd().url());
            assertThat(check(both, "lisa", "lisa's secret")).isPresent();

            Map<String, Object> none = new TreeMap<>(hasty);
            none.put("url", dead);
            long begin = System.nanoTime();
            assertThatThrownBy(() -> check(none, "lisa", "lisa's secret")).isInstanceOf(IOException.class);
            assertThat(System.nanoTime() - begin).isLessThan(2_000_000_000L);
        }
    }

    @Test
    public void goesOnWhenTheServerWasStartedAgain() throws Exception {
        LdapDirectory directory = slapd().directory(Map.of());
        assertThat(directory.check("lisa", "lisa's secret".toCharArray())).isPresent();
        slapd().close();
        assertThatThrownBy(() -> directory.check("lisa", "lisa's secret".toCharArray()))
                .isInstanceOf(IOException.class);
        slapd().start();
        assertThat(directory.check("lisa", "lisa's secret".toCharArray())).isPresent();
        directory.close();
    }

    @Test
    public void namesPidKeyValueAndRangeOfWhatItRejects() {
        assertRejects(Map.of("url", "http://acme"), "url = 'http://acme'", "ldaps://host:port");
        assertRejects(Map.of("url", "ldap://acme", "start_tls", false), "start.tls = 'false'", "in clear");
        assertRejects(Map.of("url", "ldap://acme"), "user.base.dn = ''", "ou=people");
        assertRejects(Map.of("bind_dn", "nonsense"), "bind.dn = 'nonsense'", "distinguished name");
        assertRejects(Map.of("bind_dn", "cn=a"), ".bind.password = ''", "password of bind.dn");
        assertRejects(Map.of("user_filter", "(uid=x)"), "user.filter = '(uid=x)'", "{user}");
        assertRejects(Map.of("group_filter", "(member={dn}"), "group.filter", "{dn}");
        assertRejects(Map.of("trust_file", "/not/there"), "trust.file = '/not/there'", "PEM");
        assertRejects(Map.of("answer_timeout_millis", 1), "answer.timeout.millis = '1'", "100 to 60000");
        assertRejects(Map.of("connection_max_count", 0), "connection.max.count = '0'", "1 to 100");
        assertRejects(Map.of("group_depth_count", 99), "group.depth.count = '99'", "0 to 10");
        assertThat(new LdapDirectory(new FixedLdapConfig(Map.of())).isThere()).isFalse();
    }

    @Test
    public void shippedConfigurationListsEveryKeyWithItsDefault() throws IOException {
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("../../karaf-config/etc/io.serai.security.ldap.cfg"))) {
            shipped.load(reader);
        }
        TreeMap<String, String> declared = new TreeMap<>();
        Arrays.stream(LdapConfig.class.getDeclaredMethods())
                .forEach((Method key) -> declared.put(key.getName().replace('_', '.'), key.getDefaultValue() + ""));

        assertThat(shipped).containsExactlyInAnyOrderEntriesOf(declared);
    }

    private static Slapd slapd() {
        return server.orElseThrow();
    }

    private static Optional<Outsider> check(Map<String, Object> other, String user, String password)
            throws IOException {
        LdapDirectory directory = slapd().directory(other);
        try {
            return directory.check(user, password.toCharArray());
        } finally {
            directory.close();
        }
    }

    private static void assertRejects(Map<String, Object> wrong, String... parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LdapSettings.of(new FixedLdapConfig(wrong)))
                .withMessageContaining("Configuration io.serai.security.ldap has ")
                .withMessageContainingAll(parts);
    }
}
