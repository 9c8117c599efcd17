package io.serai.identity.internal.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * The authority of a cluster. Every node holds it: a node runs what any member commits, so none is more powerful.
 *
 * @param key signs certificates; a secret
 * @param certificate what the signatures are checked with
 */
public record Authority(PrivateKey key, X509Certificate certificate) {
    private static final Duration VALIDITY = Duration.ofDays(3_653); // ten years

    /** Makes a new one. */
    public static Authority create(Instant now) throws GeneralSecurityException {
        KeyPair pair = Keys.generate();
        X500Name name = new X500Name("CN=Serai cluster " + UUID.randomUUID());
        try {
            CertificateDraft draft = CertificateDraft.of(name, name, pair.getPublic(), now, now.plus(VALIDITY))
                    .with(Extension.basicConstraints, new BasicConstraints(0))
                    .with(Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .withKeyIdentifiers(pair.getPublic(), pair.getPublic());
            return new Authority(pair.getPrivate(), draft.sign(pair.getPrivate()));
        } catch (IOException e) {
            throw new GeneralSecurityException("Cannot make the certificate of an authority", e);
        }
    }

    /** Signs a certificate for the key of a node, which is good for TLS in both roles. */
    public X509Certificate issue(NodeSubject subject, PublicKey holder, Instant now, Duration validity)
            throws GeneralSecurityException {
        Instant last = certificate.getNotAfter().toInstant();
        Instant end = now.plus(validity).isBefore(last) ? now.plus(validity) : last;
        X500Name issuer =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        try {
            return CertificateDraft.of(issuer, new X500Name("CN=" + subject.id()), holder, now, end)
                    .with(Extension.basicConstraints, new BasicConstraints(false))
                    .with(Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature))
                    .with(Extension.extendedKeyUsage, new ExtendedKeyUsage(new KeyPurposeId[] {
                        KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                    }))
                    .with(
                            Extension.subjectAlternativeName,
                            AlternativeNames.of(
                                    List.of(subject.host(), "localhost", "127.0.0.1", "::1", subject.name())))
                    .withKeyIdentifiers(holder, certificate.getPublicKey())
                    .sign(key);
        } catch (IOException e) {
            throw new GeneralSecurityException("Cannot make the certificate of node " + subject.id(), e);
        }
    }

    /** Returns whether this authority has signed a certificate. */
    public static boolean hasSigned(X509Certificate authority, X509Certificate certificate) {
        if (!certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) { // of an algorithm that the authority does not use
            return false;
        }
    }

    @Override
    public String toString() {
        return "Authority[" + Fingerprints.of(certificate) + "]";
    }
}
