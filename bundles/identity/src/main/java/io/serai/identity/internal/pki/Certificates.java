package io.serai.identity.internal.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** Makes certificates. Apart from {@link Authority}, so that a node that has its own loads nothing of BouncyCastle. */
public final class Certificates {
    private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3_653); // ten years

    private Certificates() {}

    /** Makes an authority. */
    public static Authority authority(Instant now) throws GeneralSecurityException {
        KeyPair pair = Keys.generate();
        X500Name name = new X500Name("CN=Serai cluster " + UUID.randomUUID());
        return authority(name, pair.getPublic(), pair.getPrivate(), now);
    }

    /** Makes a new certificate for an authority, under which all counts that it has signed until now. */
    public static Authority renew(Authority before, Instant now) throws GeneralSecurityException {
        X509Certificate certificate = before.certificate();
        X500Name name =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        return authority(name, certificate.getPublicKey(), before.key(), now);
    }

    private static Authority authority(X500Name name, PublicKey key, PrivateKey signer, Instant now)
            throws GeneralSecurityException {
        try {
            CertificateDraft draft = CertificateDraft.of(name, name, key, now, now.plus(AUTHORITY_VALIDITY))
                    .with(Extension.basicConstraints, new BasicConstraints(0))
                    .with(Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .withKeyIdentifiers(key, key);
            return new Authority(signer, draft.sign(signer));
        } catch (IOException e) {
            throw new GeneralSecurityException("Cannot make the certificate of an authority", e);
        }
    }

    /** Signs a certificate for the key of a node, which is good for TLS in both roles. */
    public static X509Certificate issue(
            Authority authority, NodeSubject subject, PublicKey holder, Instant now, Duration validity)
            throws GeneralSecurityException {
        try {
            return draft(authority, subject, holder, now, validity).sign(authority.key());
        } catch (IOException e) {
            throw new GeneralSecurityException("Cannot make the certificate of node " + subject.id(), e);
        }
    }

    /** Signs a certificate for a new key, for which the node's key until now vouches: see {@link Succession}. */
    public static Credentials succeed(
            Authority authority, NodeSubject subject, Credentials before, Instant now, Duration validity)
            throws GeneralSecurityException {
        KeyPair pair = Keys.generate();
        try {
            X509Certificate certificate = draft(authority, subject, pair.getPublic(), now, validity)
                    .with(
                            new ASN1ObjectIdentifier(Succession.EXTENSION),
                            new DEROctetString(Succession.vouch(before.key(), pair.getPublic())))
                    .sign(authority.key());
            return new Credentials(pair.getPrivate(), Succession.chain(certificate, before.chain()));
        } catch (IOException e) {
            throw new GeneralSecurityException("Cannot make the next certificate of node " + subject.id(), e);
        }
    }

    private static CertificateDraft draft(
            Authority authority, NodeSubject subject, PublicKey holder, Instant now, Duration validity)
            throws GeneralSecurityException, IOException {
        X509Certificate signer = authority.certificate();
        Instant last = signer.getNotAfter().toInstant();
        Instant end = now.plus(validity).isBefore(last) ? now.plus(validity) : last;
        X500Name issuer = X500Name.getInstance(signer.getSubjectX500Principal().getEncoded());
        return CertificateDraft.of(issuer, new X500Name("CN=" + subject.id()), holder, now, end)
                .with(Extension.basicConstraints, new BasicConstraints(false))
                .with(Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature))
                .with(Extension.extendedKeyUsage, new ExtendedKeyUsage(new KeyPurposeId[] {
                    KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                }))
                .with(
                        Extension.subjectAlternativeName,
                        AlternativeNames.of(List.of(subject.host(), "localhost", "127.0.0.1", "::1", subject.name())))
                .withKeyIdentifiers(holder, signer.getPublicKey());
    }
}
