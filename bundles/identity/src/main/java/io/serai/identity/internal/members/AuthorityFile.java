package io.serai.identity.internal.members;

import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import io.serai.identity.internal.pki.Authority;
import io.serai.identity.internal.pki.Pem;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Set;

/**
 * The certificate of the cluster's authority as the state has it since it was renewed first:
 * {@code objects/authority/cluster.yaml}. Its key is not there, and stays the same.
 */
public final class AuthorityFile {
    /** The kind of object. */
    public static final String KIND = "authority";

    /** Where it is. */
    public static final StatePath PATH = StatePath.of("objects", KIND, "cluster.yaml");

    private static final String X509 = "x509";
    private static final YamlObject.Keys KEYS = new YamlObject.Keys(Set.of(X509), Set.of());

    private AuthorityFile() {}

    /**
     * Reads a certificate, which is that of an authority, but perhaps not that of this cluster.
     *
     * @throws IllegalArgumentException saying what is wrong, and where
     */
    public static X509Certificate read(String text) {
        YamlObject object = YamlObject.read(KIND, StateObjects.name(PATH), text, KEYS);
        try {
            X509Certificate certificate = Pem.bare(object.text(X509));
            if (certificate.getBasicConstraints() >= 0 && Authority.hasSigned(certificate, certificate)) {
                return certificate;
            }
        } catch (GeneralSecurityException e) {
            throw object.refusal(X509, "must be an X.509 certificate in base64");
        }
        throw object.refusal(X509, "must be the certificate of an authority, signed by itself");
    }

    /** Writes a certificate. */
    public static Content write(X509Certificate certificate) {
        return YamlObject.write(KIND, StateObjects.name(PATH), Map.of(X509, Pem.bare(certificate)));
    }
}
