package io.serai.identity.internal.pki;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a new certificate is accepted by who knows the old one only. A node that renews its certificate while it reaches
 * nobody could not tell anybody of it otherwise: they would refuse the connection that would bring them the state which
 * names it. So the old key signs the new one, in an extension of the new certificate, and the node shows both.
 */
public final class Succession {
    /** The identifier of the extension: a random UUID (ITU-T X.667), which nobody has to assign. */
    static final String EXTENSION = "2.25.68177620215374616384700308963577676262";

    // renewals that a node may make without reaching anybody; with the shipped validity these are more than a year
    // apart
    private static final int PREDECESSORS = 2;
    private static final byte[] PURPOSE = "Serai: this key is succeeded by ".getBytes(StandardCharsets.US_ASCII);
    private static final byte OCTET_STRING = 4;
    private static final int HEADER = 2;

    private Succession() {}

    /** Returns what the extension of a new certificate has. */
    static byte[] vouch(PrivateKey before, PublicKey next) throws GeneralSecurityException {
        return Keys.sign(before, statement(next));
    }

    /** Returns what a node shows that has a new certificate: that one, those before, and that of the authority. */
    static List<X509Certificate> chain(X509Certificate next, List<X509Certificate> before) {
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(next);
        chain.addAll(before.subList(0, Math.min(PREDECESSORS, before.size() - 1)));
        chain.add(before.get(before.size() - 1));
        return chain;
    }

    /** Returns whether the key of a certificate vouches for that of another one. */
    public static boolean vouches(X509Certificate before, X509Certificate next) {
        byte[] extension = next.getExtensionValue(EXTENSION);
        // an octet string in the one that every extension is in, both too short to have lengths of more than a byte
        if (extension == null
                || extension.length <= 2 * HEADER
                || extension[HEADER] != OCTET_STRING
                || extension[HEADER + 1] != extension.length - 2 * HEADER) {
            return false;
        }
        try {
            byte[] signed = Arrays.copyOfRange(extension, 2 * HEADER, extension.length);
            return Keys.verify(before.getPublicKey(), statement(next.getPublicKey()), signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] statement(PublicKey next) {
        byte[] key = next.getEncoded();
        byte[] statement = Arrays.copyOf(PURPOSE, PURPOSE.length + key.length);
        System.arraycopy(key, 0, statement, PURPOSE.length, key.length);
        return statement;
    }
}
