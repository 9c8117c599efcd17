package io.serai.itests.cluster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Somebody who connects to a port of a node and trusts whoever answers. */
final class Stranger {
    private static final String ALIAS = "node";
    private static final char[] PASSWORD = "test".toCharArray();
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final @Nullable SSLContext tls;

    private Stranger(@Nullable SSLContext tls) {
        this.tls = tls;
    }

    /** One who does not speak TLS. */
    static Stranger plain() {
        return new Stranger(null);
    }

    /** One who speaks TLS, and shows no certificate. */
    static Stranger nameless() {
        return new Stranger(tls(null));
    }

    /** One who shows what is in the identity folder of a node. */
    static Stranger with(Path identity) {
        return new Stranger(tls(keys(identity)));
    }

    /** Connects, and proves what it can. */
    Socket connect(int port) throws IOException {
        InetAddress host = InetAddress.getLoopbackAddress();
        Socket socket =
                tls == null ? new Socket(host, port) : tls.getSocketFactory().createSocket(host, port);
        socket.setSoTimeout((int) LIMIT.toMillis());
        return socket;
    }

    /**
     * Says something, and listens until the other side ends the connection.
     *
     * @return what was said back, but for alerts of TLS
     * @throws SocketTimeoutException if the other side does not end it
     */
    String say(int port, byte[] words) throws IOException {
        try (Socket socket = connect(port)) {
            OutputStream out = socket.getOutputStream();
            out.write(words);
            out.flush();
            byte[] answer = socket.getInputStream().readNBytes(4096);
            boolean alert = answer.length > 0 && answer[0] == 21;
            return alert ? "" : new String(answer, StandardCharsets.ISO_8859_1);
        } catch (SSLException | SocketException e) {
            return ""; // hung up on
        }
    }

    private static SSLContext tls(KeyManager @Nullable [] keys) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {new Credulity()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyManager[] keys(Path identity) {
        try {
            List<? extends Certificate> chain = List.copyOf(CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(identity.resolve("node.crt")))));
            String pem = Files.readString(identity.resolve("node.key")).replaceAll("-----[A-Z ]+-----", "");
            PrivateKey key = KeyFactory.getInstance("EC")
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key, PASSWORD, chain.toArray(Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, PASSWORD);
            return new KeyManager[] {new Insistence((X509KeyManager) factory.getKeyManagers()[0])};
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Shows the certificate to whoever asks for one, also of another authority than its own. */
    private static final class Insistence extends X509ExtendedKeyManager {
        private final X509KeyManager keys;

        Insistence(X509KeyManager keys) {
            this.keys = keys;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return ALIAS;
        }

        @Override
        public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return keys.getPrivateKey(alias);
        }

        @Override
        public @Nullable String chooseServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
            return null;
        }
    }

    /** Trusts everybody. */
    private static final class Credulity implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
