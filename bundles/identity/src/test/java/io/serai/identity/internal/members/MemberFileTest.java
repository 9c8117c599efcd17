package io.serai.identity.internal.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.serai.api.cluster.Member;
import io.serai.identity.internal.pki.Certificates;
import io.serai.identity.internal.pki.Fingerprints;
import io.serai.identity.internal.pki.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.Test;

public class MemberFileTest {
    private static final Member MEMBER = new Member(
            UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e"),
            "node1",
            "127.0.0.1",
            8781,
            8441,
            Set.of("a".repeat(64)),
            List.of());
    private static final String TEXT =
            """
            kind: node
            name: node1
            spec:
              id: 0f8fad5b-d9cb-469f-a165-70867728950e
              host: 127.0.0.1
              cluster-port: 8781
              admin-port: 8441
              certificates:
              - %s
            """
                    .formatted("a".repeat(64));

    @Test
    public void writesWhatPeopleCanReadAndReadsIt() throws IOException {
        assertThat(new String(MemberFile.write(MEMBER, List.of()).bytes(), StandardCharsets.UTF_8))
                .isEqualTo(TEXT);
        assertThat(MemberFile.read("node1", TEXT)).isEqualTo(MEMBER);
        Member odd = new Member(MEMBER.id(), "1", "fe80::", 1, 2, Set.of("1".repeat(64), "2".repeat(64)), List.of("7"));
        assertThat(MemberFile.read(
                        "1", new String(MemberFile.write(odd, List.of()).bytes(), StandardCharsets.UTF_8)))
                .as("what other readers of YAML would take for numbers")
                .isEqualTo(odd);
    }

    @Test
    public void keepsGroupsInTheirOrderAndCertificatesOfTheMember() throws Exception {
        X509Certificate own = Certificates.authority(Instant.EPOCH).certificate();
        X509Certificate other = Certificates.authority(Instant.EPOCH).certificate();
        Member member =
                new Member(MEMBER.id(), "node1", "::1", 1, 2, Set.of(Fingerprints.of(own)), List.of("fast", "edge"));

        String text = new String(MemberFile.write(member, List.of(own, other)).bytes(), StandardCharsets.UTF_8);

        assertThat(MemberFile.read("node1", text)).isEqualTo(member);
        assertThat(MemberFile.certificates("node1", text)).containsExactly(own);
        assertThat(MemberFile.certificates("node1", TEXT)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MemberFile.certificates("node1", text.replaceFirst("(x509:\\s+- ).*", "$1bm9uZQ==")))
                .withMessageContaining("objects/node/node1.yaml:11: spec.x509 must be a list of X.509 certificates");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MemberFile.certificates("node1", TEXT + "  x509: [" + Pem.bare(own) + "]\n"))
                .withMessageContaining("fingerprint is not among the certificates");
        assertRefused(TEXT + "  groups: [a/b]\n", "a group must have 1 to 63 letters");
    }

    @Test
    public void refusesWhatIsNotAMemberAndSaysWhere() {
        assertRefused(TEXT.replace("8781", "x"), "objects/node/node1.yaml:6: spec.cluster-port must be a whole number");
        assertRefused(TEXT.replace("8781", "[1]"), "spec.cluster-port must be a value");
        assertRefused(TEXT.replace("8781", "70000"), "cluster-port must be from 1 to 65535");
        assertRefused(TEXT.replace("name: node1", "name: node2"), ":2: name must be node1");
        assertRefused(TEXT.replace("kind: node", "kind: group"), ":1: kind must be node");
        assertRefused(TEXT + "  role: admin\n", "role is not a key of spec");
        assertRefused(TEXT + "more: 1\n", "more is not a key of the file");
        assertRefused(TEXT.replace("  host: 127.0.0.1\n", ""), "spec has no host; add it");
        assertRefused(TEXT.replace("  host: ", "  host: x\n  host: "), "host is there twice");
        assertRefused(TEXT.replace("a".repeat(64), "a".repeat(63)), "certificates must be one or two");
        assertRefused(TEXT.replace("0f8fad5b", "1"), "spec.id must be a UUID");
        assertRefused(TEXT.replace("127.0.0.1", "\"a b\""), "host must be a host name or an IP address");
        assertRefused("", "is empty");
        assertRefused("a: [", "is not YAML");
        assertRefused("a: &a [*a]", "is not YAML");
        assertRefused("x: " + "[".repeat(100), "is not YAML");
    }

    @Test
    public void readsTheTokensThatItWrites() throws IOException {
        TokenFile token = new TokenFile(
                "00ff", "0".repeat(64), Instant.parse("2026-01-31T12:00:00Z"), Optional.of("1".repeat(64)));

        assertThat(TokenFile.read("00ff", new String(token.write().bytes(), StandardCharsets.UTF_8)))
                .isEqualTo(token);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenFile.read(
                        "a",
                        """
                        kind: join-token
                        name: a
                        spec: {hash: %s, expires: tomorrow}
                        """
                                .formatted("0".repeat(64))))
                .withMessageContaining("objects/join-token/a.yaml:3: spec.expires must be a time such as");
    }

    private static void assertRefused(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MemberFile.read("node1", text))
                .withMessageContaining(message);
    }
}
