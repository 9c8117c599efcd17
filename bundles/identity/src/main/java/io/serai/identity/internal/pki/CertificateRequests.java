package io.serai.identity.internal.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.PublicKey;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Requests for a certificate (PKCS #10), of which only the key counts: it proves that the sender has the private one. */
public final class CertificateRequests {
    private static final String TYPE = "CERTIFICATE REQUEST";

    private CertificateRequests() {}

    /** Makes a request as PEM. */
    public static String create(KeyPair pair) throws GeneralSecurityException {
        try {
            return Pem.write(
                    TYPE,
                    new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=node"), pair.getPublic())
                            .build(new JcaContentSignerBuilder(Keys.SIGNATURE).build(pair.getPrivate()))
                            .getEncoded());
        } catch (OperatorCreationException | IOException e) {
            throw new GeneralSecurityException("Cannot make a certificate request", e);
        }
    }

    /**
     * Returns the key of a request.
     *
     * @throws GeneralSecurityException if the text is no request, its key is not EC on P-256, or it has not been signed by
     *     that key; the message says which
     */
    public static PublicKey verify(String pem) throws GeneralSecurityException {
        try {
            PKCS10CertificationRequest request = new PKCS10CertificationRequest(Pem.read(TYPE, pem));
            PublicKey key = Keys.onCurve(request.getSubjectPublicKeyInfo().getEncoded());
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw new InvalidKeyException("the request is not signed by its key");
            }
            return key;
        } catch (IOException e) {
            throw new InvalidKeyException("the request cannot be read", e);
        } catch (OperatorCreationException | PKCSException e) {
            throw new InvalidKeyException("the signature of the request cannot be read", e);
        }
    }
}
