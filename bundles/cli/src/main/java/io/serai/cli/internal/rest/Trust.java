package io.serai.cli.internal.rest;

import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Which certificates a server may show. */
public final class Trust {
    private static final int PATIENCE_MILLIS = 5_000;

    private Trust() {}

    /** Returns what accepts servers whose certificate is signed by one of these, as PEM; by one that Java trusts if there is none. */
    static SSLContext context(String authority) throws CommandException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, authority.isEmpty() ? null : managers(authority), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw CommandException.of(
                    ExitCode.USAGE,
                    "The certificate of the authority cannot be read, because " + e.getMessage(),
                    "give a PEM file, such as identity/authority.crt of a node");
        }
    }

    private static TrustManager[] managers(String authority) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(authority.getBytes(StandardCharsets.UTF_8)))) {
            store.setCertificateEntry("authority-" + number++, certificate);
        }
        if (number == 0) {
            throw new IOException("there is none in it");
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** Returns the last certificate that a server shows, which is that of its authority; says nothing to the server. */
    public static X509Certificate shown(URI url) throws CommandException {
        try {
            Shown shown = new Shown();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {shown}, null);
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), PATIENCE_MILLIS);
                socket.setSoTimeout(PATIENCE_MILLIS);
                SSLSocket secure =
                        (SSLSocket) context.getSocketFactory().createSocket(socket, url.getHost(), url.getPort(), true);
                secure.startHandshake();
            }
            return shown.chain[shown.chain.length - 1];
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has TLS", e);
        } catch (IOException e) {
            throw Refusals.of(url, e);
        }
    }

    /** Returns the SHA-256 of a certificate, as {@code openssl x509 -fingerprint -sha256} prints it. */
    public static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.ofDelimiter(":")
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was read cannot be written", e);
        }
    }

    /** Returns whether a certificate has a fingerprint, with or without colons. */
    public static boolean has(X509Certificate certificate, String fingerprint) {
        String wanted = fingerprint.replace(":", "").strip().toLowerCase(Locale.ROOT);
        return fingerprint(certificate)
                .replace(":", "")
                .toLowerCase(Locale.ROOT)
                .equals(wanted);
    }

    /** Returns a certificate as PEM. */
    public static String pem(X509Certificate certificate) {
        try {
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was read cannot be written", e);
        }
    }

    /** Looks at what a server shows, for a person to judge. */
    private static final class Shown implements X509TrustManager {
        private X509Certificate[] chain = {};

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String type) {
            throw new UnsupportedOperationException("A client accepts no clients");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String type) {
            chain = shown.clone();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
