package io.serai.access.internal.credential;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/** How a caller proves to have a credential. */
public sealed interface Proof {

    /**
     * A user name and a password (RFC 7617).
     *
     * @param hash what is kept of the password; empty if it has none yet
     */
    record Password(String username, Optional<PasswordHash> hash) implements Proof {}

    /**
     * A secret that the server has made.
     *
     * @param header the header that has it
     * @param secret what is kept of it; empty if none was made yet
     */
    record ApiKey(String header, Optional<KeySecret> secret) implements Proof {
        /** The header of keys that do not say which. */
        public static final String USUAL_HEADER = "X-API-Key";
    }

    /**
     * What is kept of a key.
     *
     * @param id what it is found by
     * @param hash SHA-256 of all of it, in hexadecimal digits
     */
    record KeySecret(String id, String hash) {
        /** Returns the bytes of the hash. */
        public byte[] bytes() {
            return HexFormat.of().parseHex(hash);
        }
    }

    /**
     * A token that an issuer has signed (RFC 7519).
     *
     * @param keys where the keys of the issuer are: a URL, or the keys themselves
     * @param claims what it must say beside
     */
    record Token(
            String issuer,
            Set<String> audiences,
            KeyLocation keys,
            Set<String> algorithms,
            Map<String, String> claims,
            Duration clockSkew)
            implements Proof {
        /** Copies the collections. */
        public Token {
            audiences = Set.copyOf(audiences);
            algorithms = Set.copyOf(algorithms);
            claims = Map.copyOf(claims);
        }
    }

    /**
     * Where the keys of an issuer are.
     *
     * @param remote whether the text is a URL; otherwise it is the keys themselves
     */
    record KeyLocation(boolean remote, String text) {}

    /**
     * A certificate, and the proof of its key in the handshake of TLS.
     *
     * @param fingerprint SHA-256 of the only one that counts, in lower case; empty for any of the authorities
     * @param subject the subject it must have; empty for any of the authorities
     * @param authorities of which one must have signed it, unless its fingerprint is known
     */
    record Certificate(Optional<String> fingerprint, Optional<X500Principal> subject, List<X509Certificate> authorities)
            implements Proof {
        /** Copies the list. */
        public Certificate {
            authorities = List.copyOf(authorities);
        }
    }
}
