package io.serai.secrets.internal.acme;

import java.security.PrivateKey;
import java.util.Base64;

/**
 * What an authority gave.
 *
 * @param chain the certificate and who certified it, in PEM
 * @param key its key
 */
public record Issued(String chain, PrivateKey key) {
    private static final int LINE = 64;

    /** Returns the key in PEM, to be overwritten after use. */
    public char[] keyInPem() {
        String lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return ("-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n").toCharArray();
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "Issued[chain=" + chain + "]";
    }
}
