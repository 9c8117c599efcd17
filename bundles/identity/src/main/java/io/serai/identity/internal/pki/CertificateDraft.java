package io.serai.identity.internal.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate that has not been signed yet. */
final class CertificateDraft {
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(65);
    private static final int SERIAL_BYTES = 16;
    private static final Set<ASN1ObjectIdentifier> CRITICAL = Set.of(Extension.basicConstraints, Extension.keyUsage);

    private final X509v3CertificateBuilder builder;

    private CertificateDraft(X509v3CertificateBuilder builder) {
        this.builder = builder;
    }

    static CertificateDraft of(X500Name issuer, X500Name subject, PublicKey key, Instant now, Instant end) {
        return new CertificateDraft(new X509v3CertificateBuilder(
                issuer,
                new BigInteger(1, Keys.random(SERIAL_BYTES)),
                Date.from(now.minus(CLOCKS_DIFFER)),
                Date.from(end),
                subject,
                SubjectPublicKeyInfo.getInstance(key.getEncoded())));
    }

    CertificateDraft with(ASN1ObjectIdentifier extension, ASN1Encodable value) throws IOException {
        builder.addExtension(extension, CRITICAL.contains(extension), value);
        return this;
    }

    CertificateDraft withKeyIdentifiers(PublicKey subject, PublicKey issuer)
            throws GeneralSecurityException, IOException {
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        with(Extension.subjectKeyIdentifier, identifiers.createSubjectKeyIdentifier(subject));
        return with(Extension.authorityKeyIdentifier, identifiers.createAuthorityKeyIdentifier(issuer));
    }

    X509Certificate sign(PrivateKey issuer) throws GeneralSecurityException, IOException {
        try {
            byte[] signed = builder.build(new JcaContentSignerBuilder(Keys.SIGNATURE).build(issuer))
                    .getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(signed));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("The key of the authority cannot sign", e);
        }
    }
}
