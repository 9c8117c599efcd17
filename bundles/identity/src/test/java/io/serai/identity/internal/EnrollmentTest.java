package io.serai.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serai.api.cluster.Enrollment;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.identity.internal.join.JoinJson;
import io.serai.identity.internal.join.JoinRequest;
import io.serai.identity.internal.join.JoinToken;
import io.serai.identity.internal.members.StateObjects;
import io.serai.identity.internal.members.TokenFile;
import io.serai.identity.internal.pki.CertificateRequests;
import io.serai.identity.internal.pki.Keys;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.UUID;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.bouncycastle.util.encoders.Base64;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class EnrollmentTest {
    @Rule
    public final ClusterFixture cluster = new ClusterFixture();

    @Rule
    public final LogCapture log = new LogCapture();

    private JoinRequest good;

    @Before
    public void request() throws Exception {
        JoinToken token = JoinToken.parse(cluster.token());
        good = new JoinRequest(
                1,
                token.id(),
                token.secret(),
                UUID.randomUUID(),
                "node2",
                "127.0.0.1",
                8782,
                8442,
                CertificateRequests.create(Keys.generate()));
    }

    @Test
    public void refusesWhatCannotBeReadAndChangesNothing() throws Exception {
        assertRefused("{", Reason.INVALID, "not the JSON expected, at line 1");
        assertRefused("null", Reason.INVALID, "it is null");
        assertRefused("[]", Reason.INVALID, "not the JSON expected");
        assertRefused("{\"version\":1}", Reason.INVALID, "not the JSON expected");
        assertRefused(json().replace("\"version\":1", "\"version\":2"), Reason.INVALID, "its version is 2");
        assertRefused(json().replace("{\"version\"", "{\"more\":1,\"version\""), Reason.INVALID, "JSON expected");
        assertRefused(json() + "{}", Reason.INVALID, "JSON expected");
        assertRefused(json().replace("\"node2\"", "null"), Reason.INVALID, "JSON expected");
        assertRefused(json().replace("\"node2\"", "\"../x\""), Reason.INVALID, "name must have 1 to 63");
        assertRefused(json().replace("\"node2\"", "\"a\\nb\""), Reason.INVALID, "name must have 1 to 63");
        assertRefused(json().replace("\"127.0.0.1\"", "\"a b\""), Reason.INVALID, "host must be");
        assertRefused(json().replace("8442", "0"), Reason.INVALID, "admin-port must be from 1");
        assertRefused(json().replace("8442", "\"8442\""), Reason.INVALID, "JSON expected");
        assertRefused(json().replace(good.token(), "../../deploy/x"), Reason.INVALID, "does not have the form of one");
        assertRefused(" ".repeat(Enrollment.MAX_REQUEST_BYTES) + json(), Reason.INVALID, "at most 16384 are allowed");
    }

    @Test
    public void refusesRequestsForOtherKeysThanItsOwn() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(1024);
        KeyPair weak = rsa.generateKeyPair();
        assertRefused(with(request(weak, weak, "SHA256withRSA")), Reason.INVALID, "not EC on the curve P-256");
        KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
        ec.initialize(384);
        KeyPair other = ec.generateKeyPair();
        assertRefused(with(request(other, other, Keys.SIGNATURE)), Reason.INVALID, "not EC on the curve P-256");
        String stolen = request(Keys.generate(), Keys.generate(), Keys.SIGNATURE);
        assertRefused(with(stolen), Reason.INVALID, "not signed by its key");
        assertRefused(with("nothing"), Reason.INVALID, "there is no PEM block");
        assertRefused(
                with("-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"),
                Reason.INVALID,
                "the request cannot be read");
    }

    @Test
    public void refusesTokensThatAreUnknownWrongOrExpired() throws Exception {
        assertRefused(json().replace(good.token(), "0".repeat(16)), Reason.NOT_FOUND, "The token is not good");
        assertRefused(json().replace(good.secret(), "0".repeat(32)), Reason.NOT_FOUND, "The token is not good");
        cluster.clock.advance(Duration.ofHours(2));
        assertRefused(json(), Reason.NOT_FOUND, "The token is not good");
        assertThat(tokens()).isEqualTo(1);

        cluster.token();
        assertThat(tokens()).as("making one removes those that have expired").isEqualTo(1);
    }

    @Test
    public void refusesANameThatIsTakenAndKeepsTheToken() throws Exception {
        assertRefused(json().replace("\"node2\"", "\"NODE1\""), Reason.CONFLICT, "choose another name or forget");

        enroll(json());

        assertThat(cluster.node1().membership().members()).hasSize(2);
    }

    @Test
    public void auditsWhoWasLetInAndWhoWasNotWithoutSecrets() throws Exception {
        enroll(json());
        assertRefused(json().replace(good.secret(), "0".repeat(32)), Reason.NOT_FOUND, "The token is not good");

        assertThat(log.text())
                .contains("Let a node join: node=node2, id=" + good.id())
                .contains("Refused a node that wants to join: from=192.0.2.7, reason=NOT_FOUND")
                .doesNotContain(good.secret());
        assertThat(good.toString()).doesNotContain(good.secret());
    }

    private void assertRefused(String json, Reason reason, String message) {
        CommitId before = cluster.founder().state().head().commit();
        assertThatThrownBy(() -> enroll(json))
                .isInstanceOfSatisfying(StateException.class, refusal -> assertThat(refusal.reason())
                        .isEqualTo(reason))
                .hasMessageContaining(message)
                .message()
                .doesNotContain(good.secret());
        assertThat(cluster.founder().state().head().commit()).isEqualTo(before);
    }

    private byte[] enroll(String json) throws StateException {
        return cluster.node1().enrollment().enroll(json.getBytes(StandardCharsets.UTF_8), "192.0.2.7");
    }

    private String json() {
        return new String(JoinJson.write(good), StandardCharsets.UTF_8);
    }

    private String with(String request) {
        JoinRequest changed = new JoinRequest(
                1,
                good.token(),
                good.secret(),
                good.id(),
                good.name(),
                good.host(),
                good.clusterPort(),
                good.adminPort(),
                request);
        return new String(JoinJson.write(changed), StandardCharsets.UTF_8);
    }

    private int tokens() {
        return StateObjects.of(cluster.founder().state().head(), TokenFile.KIND).size();
    }

    private static String request(KeyPair subject, KeyPair signer, String algorithm) throws Exception {
        byte[] request = new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=x"), subject.getPublic())
                .build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate()))
                .getEncoded();
        return "-----BEGIN CERTIFICATE REQUEST-----\n" + Base64.toBase64String(request)
                + "\n-----END CERTIFICATE REQUEST-----\n";
    }
}
