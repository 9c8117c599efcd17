package io.serai.secrets.internal.certificate;

import io.serai.secrets.internal.key.Sealed;
import java.util.Map;
import java.util.Optional;

/**
 * A certificate as the state has it: its chain and its sealed key, or the files that have both.
 *
 * @param chain in PEM; empty if it is in a file
 * @param sealed the key; empty if it is in a file, or was not given yet
 * @param files where both are
 */
record CertificateSpec(Optional<String> chain, Optional<Sealed> sealed, Optional<Files> files) {
    static final String KIND = "certificate";
    static final String CHAIN = "chain";
    static final String KEY = "key";
    static final String SEALED = "sealed";
    static final String FROM = "from";

    /** Files with a chain and a key. */
    record Files(String chain, String key) {}

    /**
     * Reads what is kept, which fits the schema.
     *
     * @throws IllegalArgumentException saying what is wrong, without any key
     */
    static CertificateSpec of(Map<String, Object> kept) {
        if (kept.containsKey(KEY)) {
            throw new IllegalArgumentException(
                    "the key is in clear; put the certificate over the API, the command line or the shell, which seal it");
        }
        Optional<Sealed> sealed =
                Optional.ofNullable(kept.get(SEALED)).map(String::valueOf).flatMap(Sealed::parse);
        if (sealed.isEmpty() && kept.containsKey(SEALED)) {
            throw new IllegalArgumentException(
                    "the key is not what this cluster makes of one; put the certificate anew");
        }
        Optional<String> chain = Optional.ofNullable(kept.get(CHAIN)).map(String::valueOf);
        Optional<Files> files = kept.get(FROM) instanceof Map<?, ?> from
                ? Optional.of(new Files(String.valueOf(from.get("chainFile")), String.valueOf(from.get("keyFile"))))
                : Optional.empty();
        if (chain.isPresent() == files.isPresent() || (sealed.isPresent() && files.isPresent())) {
            throw new IllegalArgumentException("has chain and key, or from; give one of the two");
        }
        return new CertificateSpec(chain, sealed, files);
    }

    /** Returns the object that a key is sealed for. */
    static String owner(String name) {
        return KIND + "/" + name;
    }
}
