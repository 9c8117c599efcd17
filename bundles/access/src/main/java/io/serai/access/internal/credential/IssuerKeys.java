package io.serai.access.internal.credential;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.serai.access.internal.folder.SpecException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of an issuer, each ready to verify. A key verifies what is signed by algorithms of its own type only, so a
 * public key is never taken for the secret of an HMAC. Immutable.
 */
public final class IssuerKeys {
    private static final int MAX_KEYS = 100;
    private static final int MIN_RSA_BITS = 2_048;

    private final String text;
    private final List<IssuerKey> keys;

    private record IssuerKey(@Nullable String id, @Nullable Algorithm only, JWSVerifier verifier) {
        boolean fits(JWSHeader header) {
            boolean named = header.getKeyID() == null || header.getKeyID().equals(id);
            return named
                    && (only == null || only.equals(header.getAlgorithm()))
                    && verifier.supportedJWSAlgorithms().contains(header.getAlgorithm());
        }
    }

    private IssuerKeys(String text, List<IssuerKey> keys) {
        this.text = text;
        this.keys = keys;
    }

    /**
     * Reads a JSON Web Key Set; leaves out keys that are for something else.
     *
     * @throws SpecException if it is none, has a secret, or no key that could be used
     */
    public static IssuerKeys parse(String text) {
        List<IssuerKey> keys = new ArrayList<>();
        try {
            for (JWK key : JWKSet.parse(text).getKeys()) {
                if (key.isPrivate()) {
                    throw new SpecException("jwks", "has a private key; give the public ones only");
                }
                verifier(key)
                        .ifPresent(verifier -> keys.add(new IssuerKey(key.getKeyID(), key.getAlgorithm(), verifier)));
            }
        } catch (ParseException | JOSEException e) {
            throw new SpecException("jwks", "is no JSON Web Key Set: " + e.getMessage());
        }
        if (keys.isEmpty() || keys.size() > MAX_KEYS) {
            throw new SpecException(
                    "jwks",
                    "has " + keys.size()
                            + " keys that can verify; at least one RSA key of 2048 bits or EC key is needed,"
                            + " and at most " + MAX_KEYS + " are read");
        }
        return new IssuerKeys(text, List.copyOf(keys));
    }

    private static Optional<JWSVerifier> verifier(JWK key) throws JOSEException {
        if (key.getKeyUse() != null && !KeyUse.SIGNATURE.equals(key.getKeyUse())) {
            return Optional.empty();
        }
        if (key instanceof RSAKey rsa && rsa.size() >= MIN_RSA_BITS) {
            return Optional.of(new RSASSAVerifier(rsa));
        }
        return key instanceof ECKey ec && JWSAlgorithm.Family.EC.stream().anyMatch(each -> isOf(each, ec))
                ? Optional.of(new ECDSAVerifier(ec))
                : Optional.empty();
    }

    private static boolean isOf(JWSAlgorithm algorithm, ECKey key) {
        return Curve.forJWSAlgorithm(algorithm).contains(key.getCurve())
                && !Objects.equals(algorithm, JWSAlgorithm.ES256K);
    }

    /** Returns what can verify a token; none if no key has the name that it says. */
    public List<JWSVerifier> verifiers(JWSHeader header) {
        return keys.stream()
                .filter(key -> key.fits(header))
                .map(IssuerKey::verifier)
                .toList();
    }

    /** Returns whether these are the keys of a text. */
    public boolean isOf(String other) {
        return text.equals(other);
    }
}
