package io.serai.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.itests.deploy.TestBundle;
import io.serai.itests.node.CommandLine.Result;
import io.serai.itests.node.NodeProcess;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;

/** Certificates that a cluster orders from an authority, for channels of all nodes. */
public class CertificateOrdersIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @ClassRule
    public static final ClusterProcess CLUSTER = new ClusterProcess(2);

    private final NodeProcess one = CLUSTER.node(1);
    private final NodeProcess two = CLUSTER.node(2);
    private AcmeAuthority authority;

    @Before
    public void listenByTls() throws IOException {
        // asks the second node, while the first one may be the one that orders
        authority = new AcmeAuthority(one.basePort() + 500, two.httpPort());
        for (NodeProcess node : CLUSTER.nodes()) {
            node.stop();
            Path config = node.folder().resolve("etc/io.serai.http.cfg");
            Files.writeString(
                    config, Files.readString(config).replace("https.port = -1", "https.port = " + tlsPort(node)));
            node.start();
        }
        one.drop("Hello.java", TestBundle.serviceSource("Hello", "hello", "hello"));
        CLUSTER.awaitAnswerOnAll("/hello", "hello");
    }

    @After
    public void end() {
        authority.close();
    }

    private static int tlsPort(NodeProcess node) {
        return node.basePort() + 510 + (node == CLUSTER.node(1) ? 1 : 2);
    }

    @Test
    public void areIssuedShownRenewedAndRefusedForReasonsThatAreTold() throws Exception {
        apply("shop", "[shop.test, www.shop.test]");
        SSLContext trusting = trusting(authority.root());
        for (NodeProcess node : CLUSTER.nodes()) {
            await("TLS of " + node.name()).atMost(LIMIT).ignoreExceptions().until(() -> {
                connect(trusting, node, "www.shop.test").close();
                return true;
            });
        }
        assertThat(one.shell("serai:export").out())
                .contains("names:", "shop.test")
                .doesNotContain("sealed", "chain");

        renewWithoutDroppingConnections(trusting);

        authority.move("elsewhere.test", "127.0.0.2");
        apply("elsewhere", "[elsewhere.test]");
        Result refused = one.shell("serai:run certificate renew elsewhere");
        assertThat(refused.out() + refused.err())
                .contains("did not find this cluster under elsewhere.test", "connection refused");
        for (NodeProcess node : CLUSTER.nodes()) {
            await("verdict of " + node.name()).atMost(LIMIT).until(() -> node.json(
                            "serai:get certificate elsewhere --json")
                    .toString()
                    .contains("did not find this cluster under elsewhere.test"));
        }
        connect(trusting, one, "shop.test").close();
    }

    private void renewWithoutDroppingConnections(SSLContext trusting) throws IOException {
        try (SSLSocket before = connect(trusting, one, "shop.test")) {
            Result renewed = two.shell("serai:run certificate renew shop");
            assertThat(renewed.out()).contains("for shop.test, www.shop.test until ");
            for (NodeProcess node : CLUSTER.nodes()) {
                await("new certificate on " + node.name()).atMost(LIMIT).until(() -> {
                    try (SSLSocket after = connect(trusting, node, "shop.test")) {
                        return !shown(after)
                                .getSerialNumber()
                                .equals(shown(before).getSerialNumber());
                    }
                });
            }
            before.getOutputStream()
                    .write("GET /hello HTTP/1.1\r\nHost: shop.test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new BufferedReader(new InputStreamReader(before.getInputStream(), StandardCharsets.US_ASCII))
                            .readLine())
                    .isEqualTo("HTTP/1.1 200 OK");
        }
    }

    private void apply(String name, String hosts) throws IOException {
        String object =
                """
                kind: certificate
                name: %s
                spec:
                  acme:
                    directory: %s
                    names: %s
                    termsAgreed: true
                    contact: ops@example.com
                    authorities: |
                %s
                """
                        .formatted(
                                name,
                                authority.directory(),
                                hosts,
                                authority.serverCertificate().strip().indent(6));
        GitClone clone = GitClone.ofAdministrator(one);
        clone.commit("objects/certificate/" + name + ".yaml", object);
        clone.succeed("push");
    }

    private static SSLContext trusting(String root) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry(
                "root",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(root.getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return tls;
    }

    /** Returns a connection to a node, whose certificate is checked as browsers check it. */
    private static SSLSocket connect(SSLContext trusting, NodeProcess node, String host) throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), tlsPort(node));
        SSLSocket socket = (SSLSocket) trusting.getSocketFactory().createSocket(plain, host, tlsPort(node), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static X509Certificate shown(SSLSocket socket) throws IOException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
}
