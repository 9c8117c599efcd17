package io.serai.secrets.internal.certificate;

import io.serai.secrets.internal.acme.AcmeSpec;
import io.serai.secrets.internal.key.Sealed;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A certificate as the state has it: its chain and its sealed key, or the files that have both, or where they are ordered.
 *
 * @param chain in PEM; empty if it is in a file, or was not issued yet
 * @param sealed the key; empty if it is in a file, or was not given yet
 * @param files where both are
 * @param acme where both are ordered; they are here as well when they were issued
 * @param account the key of the account that ordered them
 */
record CertificateSpec(
        Optional<String> chain,
        Optional<Sealed> sealed,
        Optional<Files> files,
        Optional<AcmeSpec> acme,
        Optional<Sealed> account) {
    static final String KIND = "certificate";
    static final String CHAIN = "chain";
    static final String KEY = "key";
    static final String SEALED = "sealed";
    static final String FROM = "from";
    static final String ACME = "acme";
    static final String ACCOUNT = "sealedAccount";

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
        Optional<Sealed> sealed = sealed(kept, SEALED);
        if (sealed.isEmpty() && kept.containsKey(SEALED)) {
            throw new IllegalArgumentException(
                    "the key is not what this cluster makes of one; put the certificate anew");
        }
        Optional<String> chain = Optional.ofNullable(kept.get(CHAIN)).map(String::valueOf);
        Optional<Files> files = kept.get(FROM) instanceof Map<?, ?> from
                ? Optional.of(new Files(String.valueOf(from.get("chainFile")), String.valueOf(from.get("keyFile"))))
                : Optional.empty();
        Optional<AcmeSpec> acme =
                kept.get(ACME) instanceof Map<?, ?> order ? Optional.of(AcmeSpec.of(order)) : Optional.empty();
        boolean given = acme.isEmpty() && chain.isPresent();
        long ways = Stream.of(given, files.isPresent(), acme.isPresent())
                .filter(Boolean::booleanValue)
                .count();
        if (ways != 1 || (sealed.isPresent() && files.isPresent())) {
            throw new IllegalArgumentException("has chain and key, or from, or acme; give one of the three");
        }
        return new CertificateSpec(chain, sealed, files, acme, sealed(kept, ACCOUNT));
    }

    private static Optional<Sealed> sealed(Map<String, Object> kept, String key) {
        return Optional.ofNullable(kept.get(key)).map(String::valueOf).flatMap(Sealed::parse);
    }

    /** Returns the object that a key is sealed for. */
    static String owner(String name) {
        return KIND + "/" + name;
    }
}
