package io.serai.secrets.internal.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import io.serai.secrets.internal.OneNodeMaps;
import io.serai.secrets.internal.SecretsRig;
import io.serai.secrets.internal.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.apache.felix.framework.FrameworkFactory;
import org.jspecify.annotations.Nullable;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.launch.Framework;

/** Real handshakes with what the service that channels get chooses. */
public class CertificateFilesTest {
    private static final String KIND = "certificate";

    @Rule
    public final SecretsRig rig = new SecretsRig();

    @Rule
    public final TemporaryFolder cache = new TemporaryFolder();

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private Framework framework;
    private CertificateFiles files;
    private TestCertificates authority;
    private @Nullable SSLServerSocket server;

    @Before
    public void start() throws Exception {
        framework = new FrameworkFactory()
                .newFramework(
                        Map.of("org.osgi.framework.storage", cache.getRoot().toString()));
        framework.start();
        files = new CertificateFiles(
                framework.getBundleContext(),
                rig.codec(),
                rig.keys(),
                rig.references(),
                new OrderLog(new OneNodeMaps()));
        authority = TestCertificates.authority();
    }

    @After
    public void stop() throws Exception {
        if (server != null) {
            server.close();
        }
        executor.shutdownNow();
        files.close();
        framework.stop();
        framework.waitForStop(5_000);
    }

    @Test
    public void isChosenByTheNameThatAClientAsksFor() throws Exception {
        assertThat(service()).isEmpty();
        String serves = write("shop", authority.certify("EC", Duration.ofDays(5), "shop.example.com"));
        write("any", authority.certify("RSA", Duration.ofDays(6), "*.example.com"));
        write("other", authority.certify("EC", Duration.ofDays(7), "other.example.org"));

        assertThat(serves).contains("CN=shop.example.com for shop.example.com until ", "4 days left");
        listen();
        assertThat(shown("shop.example.com")).isEqualTo("CN=shop.example.com");
        assertThat(shown("other.example.org")).isEqualTo("CN=other.example.org");
        assertThat(shown("some.example.com")).isEqualTo("CN=*.example.com");
        files.remove(path("any"));
        files.remove(path("other"));
        assertThat(shown("other.example.org")).isEqualTo("CN=shop.example.com");
        files.remove(path("shop"));
        assertThat(service()).isEmpty();
    }

    @Test
    public void changesWithoutDroppingConnections() throws Exception {
        write("shop", authority.certify("EC", Duration.ofDays(5), "shop.example.com"));
        listen();
        try (SSLSocket before = connect("shop.example.com")) {
            X509Certificate first = (X509Certificate) before.getSession().getPeerCertificates()[0];
            write(authority.certify("EC", Duration.ofDays(8), "shop.example.com"));
            files.refresh();

            before.getOutputStream().write('x');
            assertThat(before.getInputStream().read()).isEqualTo('x');
            try (SSLSocket after = connect("shop.example.com")) {
                assertThat(after.getSession().getPeerCertificates()[0]).isNotEqualTo(first);
            }
        }
        Files.writeString(rig.folder().resolve("shop.key"), "broken");
        files.refresh();
        assertThat(shown("shop.example.com"))
                .as("what is broken does not count")
                .isEqualTo("CN=shop.example.com");
    }

    @Test
    public void saysWhatIsNotShown() throws Exception {
        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> write("shop", authority.certify("EC", Duration.ofDays(-1), "shop.example.com")))
                .withMessageContaining("Certificate shop cannot be shown: it counts from ");
        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> deploy("shop", "  from: {chainFile: absent.crt, keyFile: absent.key}\n"))
                .withMessageContaining("Certificate shop cannot be read: file absent.crt is not there");
        assertThat(service()).isEmpty();
    }

    private String write(String name, TestCertificates certificate) throws Exception {
        if (name.equals("shop")) {
            write(certificate);
            return deploy(name, "  from: {chainFile: shop.crt, keyFile: shop.key}\n");
        }
        Files.writeString(rig.folder().resolve(name + ".crt"), certificate.pem() + authority.pem());
        Files.writeString(rig.folder().resolve(name + ".key"), certificate.keyPem());
        return deploy(name, "  from: {chainFile: " + name + ".crt, keyFile: " + name + ".key}\n");
    }

    private void write(TestCertificates certificate) throws Exception {
        Files.writeString(rig.folder().resolve("shop.crt"), certificate.pem() + authority.pem());
        Files.writeString(rig.folder().resolve("shop.key"), certificate.keyPem());
    }

    private String deploy(String name, String spec) throws Exception {
        String text = "kind: certificate\nname: " + name + "\nspec:\n" + spec;
        return files.apply(new Artifact(
                path(name), new BlobId("0".repeat(40)), Content.of(text.getBytes(StandardCharsets.UTF_8))));
    }

    private static StatePath path(String name) {
        return StatePath.of("objects", KIND, name + ".yaml");
    }

    private List<X509ExtendedKeyManager> service() throws Exception {
        var context = framework.getBundleContext();
        return context.getServiceReferences(X509ExtendedKeyManager.class, "(serai.purpose=channel)").stream()
                .map(context::getService)
                .toList();
    }

    private void listen() throws Exception {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(new KeyManager[] {service().get(0)}, null, null);
        SSLServerSocket socket = (SSLServerSocket)
                tls.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        server = socket;
        executor.execute(() -> {
            while (!socket.isClosed()) {
                try {
                    var connection = socket.accept();
                    executor.execute(() -> echo((SSLSocket) connection));
                } catch (IOException e) {
                    return; // the test is over
                }
            }
        });
    }

    private static void echo(SSLSocket connection) {
        try (connection) {
            for (int read = connection.getInputStream().read();
                    read >= 0;
                    read = connection.getInputStream().read()) {
                connection.getOutputStream().write(read);
            }
        } catch (IOException e) {
            return; // the client has gone
        }
    }

    private SSLSocket connect(String host) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", authority.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) tls.getSocketFactory()
                .createSocket(
                        InetAddress.getLoopbackAddress(),
                        Objects.requireNonNull(server).getLocalPort());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private String shown(String host) throws Exception {
        try (SSLSocket socket = connect(host)) {
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }
}
