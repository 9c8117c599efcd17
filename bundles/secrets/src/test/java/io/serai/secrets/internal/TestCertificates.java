package io.serai.secrets.internal;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate with its key, made for a test. */
public record TestCertificates(X509Certificate certificate, PrivateKey key) {

    /** Makes an authority. */
    public static TestCertificates authority() throws Exception {
        return make(null, "authority", "EC", Duration.ofDays(10));
    }

    /** Makes one that this certifies, for hosts, the first of which is its subject; EC or RSA. */
    public TestCertificates certify(String algorithm, Duration life, String... hosts) throws Exception {
        return make(this, hosts[0], algorithm, life, hosts);
    }

    private static TestCertificates make(
            @Nullable TestCertificates by, String subject, String algorithm, Duration life, String... hosts)
            throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(algorithm.equals("EC") ? 256 : 2048);
        KeyPair pair = generator.generateKeyPair();
        Instant begin = Instant.now().minus(Duration.ofDays(2));
        X500Name name = new X500Name("CN=" + subject);
        X500Name issuer = by == null
                ? name
                : new X500Name(by.certificate.getSubjectX500Principal().getName());
        var builder = new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(System.nanoTime()),
                Date.from(begin),
                Date.from(Instant.now().plus(life)),
                name,
                pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(by == null));
        if (hosts.length > 0) {
            GeneralName[] names = Stream.of(hosts)
                    .map(host -> new GeneralName(
                            host.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName, host))
                    .toArray(GeneralName[]::new);
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
        PrivateKey signing = by == null ? pair.getPrivate() : by.key;
        return new TestCertificates(
                new JcaX509CertificateConverter()
                        .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signing))),
                pair.getPrivate());
    }

    public String pem() throws Exception {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    public String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    private static String pem(String type, byte[] bytes) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + type
                + "-----\n";
    }
}
