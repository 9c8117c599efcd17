package io.serai.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.api.cluster.Member;
import io.serai.api.state.Author;
import io.serai.api.state.Change;
import io.serai.api.state.StateRepository;
import io.serai.identity.internal.TestNode.RunningNode;
import io.serai.identity.internal.members.MemberFile;
import io.serai.identity.internal.pki.Keys;
import io.serai.identity.internal.pki.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class IdentitySetupTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final LogCapture log = new LogCapture();

    private final MutableClock clock = new MutableClock();
    private StateRepository state;
    private TestNode node;

    @Before
    public void open() {
        Path home = folder.getRoot().toPath();
        state = StateFolder.open(home.resolve("node1/state.git"), "node1", new HeadWatch());
        node = TestNode.of(home, "node1", state, clock);
    }

    @After
    public void close() {
        StateFolder.close(state);
    }

    @Test
    public void foundsAClusterOfOneNodeAndIsTheSameNodeAfterwards() throws Exception {
        RunningNode first = node.setUp().start();
        RunningNode second = node.setUp().start();

        assertThat(second.identity().id()).isEqualTo(first.identity().id());
        assertThat(second.vault().credentials().fingerprint())
                .isEqualTo(first.vault().credentials().fingerprint());
        assertThat(second.membership().members())
                .containsExactly(new Member(
                        first.identity().id(),
                        "node1",
                        "127.0.0.1",
                        8781,
                        8441,
                        Set.of(first.vault().credentials().fingerprint()),
                        List.of()));
    }

    @Test
    public void makesCertificatesThatBrowsersAndGitAcceptToo() throws Exception {
        RunningNode running = node.setUp().start();
        X509Certificate certificate = running.vault().credentials().certificate();
        X509Certificate authority = running.vault().authority().certificate();

        certificate.verify(authority.getPublicKey());
        assertThat(certificate.getSubjectX500Principal().getName())
                .isEqualTo("CN=" + running.identity().id());
        assertThat(certificate.getSubjectAlternativeNames().toString())
                .contains("[7, 127.0.0.1]", "[2, localhost]", "[7, 0:0:0:0:0:0:0:1]", "[2, node1]");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(authority.getBasicConstraints()).isEqualTo(0);
        assertThat(authority.getKeyUsage()[5]).as("signs certificates").isTrue();
        Instant now = clock.instant();
        assertThat(certificate.getNotBefore().toInstant()).isBetween(now.minusSeconds(7_200), now.minusSeconds(3_600));
        assertThat(certificate.getNotAfter().toInstant())
                .isBetween(now.plus(Duration.ofDays(364)), now.plus(Duration.ofDays(366)));
        assertThat(authority.getNotAfter().toInstant()).isAfter(now.plus(Duration.ofDays(3_650)));
    }

    @Test
    public void letsNobodyElseReadTheFolder() throws Exception {
        node.setUp();
        Path directory = node.settings().directory();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(directory.resolve("node.key"), PosixFilePermissions.fromString("rw-r--r--"));

        node.setUp();

        assertThat(mode(directory)).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(mode(file))
                    .isEqualTo("rw-------"));
        }
    }

    @Test
    public void setsUpAgainWhatACrashHasLeftHalfWritten() throws Exception {
        UUID id = node.setUp().start().identity().id();
        for (String lost : new String[] {"node.key", "authority.crt", "authority.key"}) {
            Files.delete(node.settings().directory().resolve(lost));
            Files.deleteIfExists(node.settings().directory().resolve("node.crt"));
            Files.writeString(node.settings().directory().resolve("node.crt.tmp"), "-----BEGIN");

            RunningNode healed = node.setUp().start();

            assertThat(healed.identity().id()).isEqualTo(id);
            assertThat(healed.membership().members().get(0).certificates())
                    .containsExactly(healed.vault().credentials().fingerprint());
            assertThat(node.settings().directory().resolve("node.crt.tmp")).doesNotExist();
        }
    }

    @Test
    public void finishesARotationThatACrashHasInterruptedOrForgetsIt() throws Exception {
        RunningNode before = node.setUp().start();
        Path directory = node.settings().directory();
        String oldKey = Files.readString(directory.resolve("node.key"));
        Files.writeString(
                directory.resolve("node.key.next"), Pem.of(Keys.generate().getPrivate()));

        assertThat(node.start().vault().credentials().fingerprint())
                .as("the certificate had not been replaced")
                .isEqualTo(before.vault().credentials().fingerprint());
        before.membership().rotate(ClusterFixture.ANN);
        Files.move(directory.resolve("node.key"), directory.resolve("node.key.next"));
        Files.writeString(directory.resolve("node.key"), oldKey);

        var credentials = node.start().vault().credentials();
        assertThat(Keys.matches(credentials.key(), credentials.certificate().getPublicKey()))
                .as("the certificate had been replaced")
                .isTrue();
        assertThat(directory.resolve("node.key.next")).doesNotExist();
    }

    @Test
    public void doesNotFoundAClusterWithTheStateOfAnother() throws Exception {
        Member other = new Member(UUID.randomUUID(), "node7", "127.0.0.1", 1, 2, Set.of("a".repeat(64)), List.of());
        state.commit(Change.of(
                Map.of(MemberFile.path("node7"), MemberFile.write(other, List.of())),
                Set.of(),
                new Author("ann", "shell"),
                "Add"));

        IdentitySetup setup = new IdentitySetup(node.settings(), state, clock, () -> log.text());
        await().until(() -> log.text().contains("Cannot set up the identity of node node1"));
        setup.close();

        assertThat(log.text()).contains("node7", "make a token");
        assertThat(node.settings().directory().resolve("node.crt")).doesNotExist();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
