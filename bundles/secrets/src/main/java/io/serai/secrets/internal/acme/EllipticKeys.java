package io.serai.secrets.internal.acme;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Keys of certificates and accounts; the latter as text: private (PKCS #8), a blank, public (X.509), which the former does not tell. */
public final class EllipticKeys {
    private static final String ALGORITHM = "EC";

    private EllipticKeys() {}

    /** Makes one. */
    public static KeyPair random() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has P-256", e);
        }
    }

    /** Returns one as text, to be overwritten after use. */
    public static char[] text(KeyPair key) {
        Base64.Encoder base64 = Base64.getEncoder();
        return (base64.encodeToString(key.getPrivate().getEncoded())
                        + ' '
                        + base64.encodeToString(key.getPublic().getEncoded()))
                .toCharArray();
    }

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException if it is none of a key
     */
    public static KeyPair of(char[] text) {
        String[] parts = new String(text).split(" ", 2);
        Base64.Decoder base64 = Base64.getDecoder();
        try {
            KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
            return new KeyPair(
                    factory.generatePublic(new X509EncodedKeySpec(base64.decode(parts[1]))),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(base64.decode(parts[0]))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key of the account is none", e);
        }
    }
}
