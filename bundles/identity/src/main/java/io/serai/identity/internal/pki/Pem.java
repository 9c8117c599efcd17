package io.serai.identity.internal.pki;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** The text form of keys and certificates (RFC 7468). */
public final class Pem {
    private static final String KEY = "PRIVATE KEY";
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final int LINE = 64;

    private Pem() {}

    /** Writes a key, unencrypted. */
    public static String of(PrivateKey key) {
        return write(KEY, key.getEncoded());
    }

    /** Writes certificates one after the other. */
    public static String of(List<X509Certificate> certificates) throws GeneralSecurityException {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            text.append(write(CERTIFICATE, certificate.getEncoded()));
        }
        return text.toString();
    }

    /** Reads a key that {@link #of(PrivateKey)} wrote. */
    public static PrivateKey key(String text) throws GeneralSecurityException {
        return KeyFactory.getInstance(Keys.ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(read(KEY, text)));
    }

    /** Reads all certificates of a text, at least one. */
    public static List<X509Certificate> certificates(String text) throws CertificateException {
        List<X509Certificate> certificates = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
        if (certificates.isEmpty()) {
            throw new CertificateException("there is no certificate");
        }
        return certificates;
    }

    /** Writes a certificate in one line, without what the text form has around it. */
    public static String bare(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read cannot be written", e);
        }
    }

    /** Reads a certificate that {@link #bare(X509Certificate)} wrote. */
    public static X509Certificate bare(String text) throws CertificateException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Base64.getDecoder().decode(text)));
        } catch (IllegalArgumentException e) {
            throw new CertificateException("it is not base64", e);
        }
    }

    static String write(String type, byte[] content) {
        String base64 = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content);
        return begin(type) + '\n' + base64 + '\n' + end(type) + '\n';
    }

    static byte[] read(String type, String text) throws KeyException {
        int begin = text.indexOf(begin(type));
        int end = text.indexOf(end(type));
        if (begin < 0 || end < begin) {
            throw new KeyException("there is no PEM block " + type);
        }
        try {
            return Base64.getMimeDecoder()
                    .decode(text.substring(begin + begin(type).length(), end));
        } catch (IllegalArgumentException e) { // its message may have a part of the text
            throw new KeyException("the PEM block " + type + " is not base64");
        }
    }

    private static String begin(String type) {
        return "-----BEGIN " + type + "-----";
    }

    private static String end(String type) {
        return "-----END " + type + "-----";
    }
}
