package io.serai.secrets.internal.acme;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a certificate is ordered, and for whom.
 *
 * @param directory the URL of the server's directory
 * @param names the host names that it is for
 * @param contact the e-mail address that the server may write to
 * @param authorities the certificates, in PEM, of those who certify the server itself; empty for those that Java trusts
 * @param external the account at the authority that the account of the protocol belongs to
 */
public record AcmeSpec(
        URI directory,
        List<String> names,
        Optional<String> contact,
        Optional<String> authorities,
        Optional<External> external) {
    private static final String LETS_ENCRYPT = "https://acme-v02.api.letsencrypt.org/directory";

    /**
     * An account that the authority knows otherwise (RFC 8555, section 7.3.4).
     *
     * @param keyId what the authority calls it
     * @param secret the name of the secret with its key
     */
    public record External(String keyId, String secret) {}

    /** Copies the list. */
    public AcmeSpec {
        names = List.copyOf(names);
    }

    /** Reads what is kept, which fits the schema. */
    public static AcmeSpec of(Map<?, ?> kept) {
        List<String> names = kept.get("names") instanceof List<?> list
                ? list.stream().map(String::valueOf).sorted().toList()
                : List.of();
        return new AcmeSpec(
                URI.create(text(kept, "directory").orElse(LETS_ENCRYPT)),
                names,
                text(kept, "contact"),
                text(kept, "authorities"),
                kept.get("account") instanceof Map<?, ?> account
                        ? Optional.of(new External(
                                text(account, "keyId").orElseThrow(),
                                text(account, "secret").orElseThrow()))
                        : Optional.empty());
    }

    private static Optional<String> text(Map<?, ?> map, String key) {
        return Optional.ofNullable(map.get(key)).map(String::valueOf);
    }

    /** Returns whether an account that was made for this can order for another. */
    public boolean hasAccountOf(AcmeSpec other) {
        return directory.equals(other.directory) && contact.equals(other.contact) && external.equals(other.external);
    }
}
