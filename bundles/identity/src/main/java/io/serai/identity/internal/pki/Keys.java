package io.serai.identity.internal.pki;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.X509EncodedKeySpec;

/** Keys of nodes and authorities: EC on the curve P-256, which TLS 1.3 demands that everybody knows (RFC 8446, 9.1). */
public final class Keys {
    /** The algorithm of keys. */
    public static final String ALGORITHM = "EC";

    /** The algorithm of signatures. */
    public static final String SIGNATURE = "SHA256withECDSA";

    private static final ECGenParameterSpec CURVE = new ECGenParameterSpec("secp256r1");
    private static final SecureRandom RANDOM = new SecureRandom();

    private Keys() {}

    /** Makes a new pair. */
    public static KeyPair generate() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(CURVE, RANDOM);
        return generator.generateKeyPair();
    }

    /** Returns random bytes that cannot be guessed. */
    public static byte[] random(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /**
     * Reads a public key that others sent.
     *
     * @throws InvalidKeyException if it is not one on the curve P-256
     */
    static PublicKey onCurve(byte[] encoded) throws GeneralSecurityException {
        PublicKey key;
        try {
            key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new InvalidKeyException("the key is not EC on the curve P-256", e);
        }
        AlgorithmParameters parameters = AlgorithmParameters.getInstance(ALGORITHM);
        parameters.init(CURVE);
        ECParameterSpec expected = parameters.getParameterSpec(ECParameterSpec.class);
        if (!(key instanceof ECPublicKey ec)
                || !ec.getParams().getCurve().equals(expected.getCurve())
                || !ec.getParams().getGenerator().equals(expected.getGenerator())) {
            throw new InvalidKeyException("the key is not EC on the curve P-256");
        }
        return key;
    }

    /** Returns whether two keys are a pair. */
    public static boolean matches(PrivateKey key, PublicKey other) {
        byte[] text = random(32);
        try {
            return verify(other, text, sign(key, text));
        } catch (GeneralSecurityException e) {
            return false; // not even of the same algorithm
        }
    }

    static byte[] sign(PrivateKey key, byte[] text) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(SIGNATURE);
        signature.initSign(key);
        signature.update(text);
        return signature.sign();
    }

    static boolean verify(PublicKey key, byte[] text, byte[] signed) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(SIGNATURE);
        signature.initVerify(key);
        signature.update(text);
        return signature.verify(signed);
    }
}
