package io.serai.access.internal.credential;

import io.serai.access.internal.credential.Proof.ApiKey;
import io.serai.access.internal.credential.Proof.Certificate;
import io.serai.access.internal.credential.Proof.KeyLocation;
import io.serai.access.internal.credential.Proof.Password;
import io.serai.access.internal.credential.Proof.Token;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All credentials at one moment, by what a caller shows. Immutable. */
public final class Credentials {
    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);

    private final Map<String, Credential> byName = new HashMap<>();
    private final Map<String, Credential> byUsername = new HashMap<>();
    private final Map<String, Credential> byKeyId = new HashMap<>();
    private final Map<String, Credential> byFingerprint = new HashMap<>();
    private final Map<String, List<Credential>> byIssuer = new HashMap<>();
    private final List<Credential> byAuthority = new ArrayList<>();
    private final Set<String> keyHeaders = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    /** Sorts them; of two with the same user name or fingerprint the first by name counts, and the log tells. */
    public Credentials(Collection<Credential> all) {
        all.stream().sorted(Comparator.comparing(Credential::name)).forEach(credential -> {
            byName.put(credential.name(), credential);
            if (!credential.standing().disabled()) {
                add(credential);
            }
        });
    }

    private void add(Credential credential) {
        Proof proof = credential.proof();
        if (proof instanceof Password password) {
            addAlone(byUsername, password.username(), credential);
        } else if (proof instanceof ApiKey key) {
            keyHeaders.add(key.header());
            key.secret().ifPresent(secret -> addAlone(byKeyId, secret.id(), credential));
        } else if (proof instanceof Token token) {
            byIssuer.computeIfAbsent(token.issuer(), issuer -> new ArrayList<>())
                    .add(credential);
        } else if (proof instanceof Certificate certificate) {
            certificate.fingerprint().ifPresent(print -> addAlone(byFingerprint, print, credential));
            if (!certificate.authorities().isEmpty()) {
                byAuthority.add(credential);
            }
        }
    }

    private static void addAlone(Map<String, Credential> known, String key, Credential credential) {
        Credential first = known.putIfAbsent(key, credential);
        if (first != null) {
            LOG.error(
                    "Does not count a credential that another one is taken for; change one of them: credential={}, other={}",
                    credential.name(),
                    first.name());
        }
    }

    /** Returns whether a credential is what it was. */
    @SuppressWarnings("ReferenceEquality") // another object is of another file, whatever it says
    public boolean stands(Credential credential) {
        return byName.get(credential.name()) == credential;
    }

    /** Returns the credential of a user name. */
    public Optional<Credential> ofUsername(String username) {
        return Optional.ofNullable(byUsername.get(username));
    }

    /** Returns the credential of a key. */
    public Optional<Credential> ofKeyId(String id) {
        return Optional.ofNullable(byKeyId.get(id));
    }

    /** Returns the credential of one certificate. */
    public Optional<Credential> ofFingerprint(String fingerprint) {
        return Optional.ofNullable(byFingerprint.get(fingerprint));
    }

    /** Returns the credentials of the tokens of an issuer. */
    public List<Credential> ofIssuer(String issuer) {
        return byIssuer.getOrDefault(issuer, List.of());
    }

    /** Returns the credentials of the certificates of authorities. */
    public List<Credential> ofAuthorities() {
        return byAuthority;
    }

    /** Returns all that are of some names or groups. */
    public List<Credential> permitted(Set<String> names, Set<String> groups) {
        return byName.values().stream()
                .filter(each ->
                        names.contains(each.name()) || each.groups().stream().anyMatch(groups::contains))
                .toList();
    }

    /** Returns the headers that may have a key. */
    public Set<String> keyHeaders() {
        return keyHeaders;
    }

    /** Returns where the keys of issuers are. */
    public Set<KeyLocation> keyLocations() {
        return byIssuer.values().stream()
                .flatMap(List::stream)
                .map(credential -> ((Token) credential.proof()).keys())
                .collect(Collectors.toSet());
    }
}
