package io.serai.access.internal.credential;

import io.serai.access.internal.credential.Proof.ApiKey;
import io.serai.access.internal.credential.Proof.Certificate;
import io.serai.access.internal.credential.Proof.KeyLocation;
import io.serai.access.internal.credential.Proof.KeySecret;
import io.serai.access.internal.credential.Proof.Password;
import io.serai.access.internal.credential.Proof.Token;
import io.serai.access.internal.folder.SpecException;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/** Reads the spec of a credential as it is kept; what the schema can say has been checked, unless the state is older. */
final class CredentialReader {
    static final String PASSWORD = "password";
    static final String PASSWORD_HASH = "passwordHash";
    static final String ID = "id";
    static final String SECRET_HASH = "secretHash";

    private static final Set<String> COMMON = Set.of("type", "groups", "expires", "disabled", "limits");
    private static final Map<String, Set<String>> KEYS = Map.of(
            "basic", Set.of("username", PASSWORD, PASSWORD_HASH),
            "api-key", Set.of("header", ID, SECRET_HASH),
            "jwt", Set.of("issuer", "audiences", "jwksUrl", "jwks", "algorithms", "claims", "clockSkew"),
            "mtls", Set.of("fingerprint", "subject", "authority"));
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@+-]{0,62}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Set<String> USUAL_ALGORITHMS = Set.of("RS256", "ES256");
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Duration USUAL_SKEW = Duration.ofSeconds(30);
    private static final Duration LONGEST_SKEW = Duration.ofMinutes(5);

    private final String name;
    private final Map<String, Object> spec;

    private CredentialReader(String name, Map<String, Object> spec) {
        this.name = name;
        this.spec = spec;
    }

    /** Returns the credential of a spec; refuses it by a {@link SpecException}. */
    static Credential read(String name, Map<String, Object> spec) {
        return new CredentialReader(name, spec).credential();
    }

    private Credential credential() {
        if (!NAME.matcher(name).matches()) {
            throw new SpecException(
                    "type",
                    "cannot be of '" + name + "': the name of a credential has 1 to 63 letters, digits, dots, hyphens,"
                            + " underscores, @ or +, and begins with a letter or digit");
        }
        String type = text("type").orElse("");
        Set<String> keys = KEYS.get(type);
        if (keys == null) {
            throw new SpecException("type", "must be basic, api-key, jwt or mtls");
        }
        for (String key : spec.keySet()) {
            if (!COMMON.contains(key) && !keys.contains(key)) {
                throw new SpecException(key, "is not for credentials of type " + type + "; leave it out");
            }
        }
        Proof proof =
                switch (type) {
                    case "basic" -> password();
                    case "api-key" -> key();
                    case "jwt" -> token();
                    default -> certificate();
                };
        Credential.Standing standing = new Credential.Standing(expires(), Boolean.TRUE.equals(spec.get("disabled")));
        return new Credential(name, texts("groups"), standing, List.copyOf(texts("limits")), proof);
    }

    private long expires() {
        Optional<String> text = text("expires");
        if (text.isEmpty()) {
            return Long.MAX_VALUE;
        }
        try {
            return OffsetDateTime.parse(text.get()).toInstant().toEpochMilli();
        } catch (DateTimeParseException e) {
            throw new SpecException("expires", "must be a time as RFC 3339 has it, such as 2027-01-31T12:00:00Z");
        }
    }

    private Proof password() {
        if (spec.containsKey(PASSWORD)) {
            throw new SpecException(
                    PASSWORD,
                    "is in clear, and the state is no place for it; change it by the API or the command line");
        }
        Optional<String> kept = text(PASSWORD_HASH);
        Optional<PasswordHash> hash = kept.flatMap(PasswordHash::parse);
        if (kept.isPresent() && hash.isEmpty()) {
            throw new SpecException(PASSWORD_HASH, "is no hash as it is made here; give the password anew");
        }
        return new Password(text("username").orElse(name), hash);
    }

    private Proof key() {
        Optional<String> id = text(ID);
        Optional<String> hash = text(SECRET_HASH);
        boolean whole =
                id.isPresent() && hash.isPresent() && HASH.matcher(hash.get()).matches();
        if (!whole && (id.isPresent() || hash.isPresent())) {
            throw new SpecException(ID, "and " + SECRET_HASH + " are not as they were made; have a key made anew");
        }
        Optional<KeySecret> secret = hash.map(text -> new KeySecret(id.orElseThrow(), text));
        return new ApiKey(text("header").orElse(ApiKey.USUAL_HEADER), secret);
    }

    private Proof token() {
        Set<String> algorithms = texts("algorithms");
        Map<String, String> claims = new LinkedHashMap<>();
        if (spec.get("claims") instanceof Map<?, ?> map) {
            map.forEach((claim, value) -> claims.put(String.valueOf(claim), String.valueOf(value)));
        }
        Set<String> audiences = texts("audiences");
        if (audiences.isEmpty()) {
            throw new SpecException("audiences", "is missing; a token for anybody else must not count here");
        }
        return new Token(
                text("issuer").orElseThrow(() -> new SpecException("issuer", "is missing; add it")),
                audiences,
                keys(),
                algorithms.isEmpty() ? USUAL_ALGORITHMS : algorithms,
                claims,
                clockSkew());
    }

    private KeyLocation keys() {
        Optional<String> url = text("jwksUrl");
        Optional<String> inline = text("jwks");
        if (url.isPresent() == inline.isPresent()) {
            throw new SpecException(
                    "jwksUrl", "or jwks must say where the keys of the issuer are, and one of them only");
        }
        inline.ifPresent(IssuerKeys::parse);
        url.ifPresent(CredentialReader::requireSafe);
        return new KeyLocation(url.isPresent(), url.or(() -> inline).orElseThrow());
    }

    private static void requireSafe(String url) {
        try {
            URI uri = new URI(url);
            String host = String.valueOf(uri.getHost());
            boolean safe = "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && LOCAL.contains(host));
            if (safe && uri.getHost() != null && uri.getUserInfo() == null) {
                return;
            }
        } catch (URISyntaxException e) {
            throw new SpecException("jwksUrl", "is no URL: " + e.getMessage());
        }
        throw new SpecException(
                "jwksUrl", "must be an https URL without user, since whoever changes the keys is trusted");
    }

    private Duration clockSkew() {
        Duration skew = text("clockSkew")
                .map(text -> Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1))))
                .orElse(USUAL_SKEW);
        if (skew.compareTo(LONGEST_SKEW) > 0) {
            throw new SpecException("clockSkew", "must be at most 300s");
        }
        return skew;
    }

    private Proof certificate() {
        Optional<String> fingerprint =
                text("fingerprint").map(text -> text.replace(":", "").toLowerCase(Locale.ROOT));
        List<X509Certificate> authorities =
                text("authority").map(CredentialReader::certificates).orElse(List.of());
        if (fingerprint.isPresent() == !authorities.isEmpty()) {
            throw new SpecException(
                    "fingerprint", "or authority must say which certificates count, and one of them only");
        }
        if (fingerprint.isPresent() && spec.containsKey("subject")) {
            throw new SpecException("subject", "is for certificates of an authority; the fingerprint says it already");
        }
        try {
            return new Certificate(fingerprint, text("subject").map(X500Principal::new), authorities);
        } catch (IllegalArgumentException e) {
            throw new SpecException("subject", "is no distinguished name such as CN=acme,O=Acme");
        }
    }

    private static List<X509Certificate> certificates(String pem) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
            factory.generateCertificates(new ByteArrayInputStream(bytes))
                    .forEach(each -> certificates.add((X509Certificate) each));
        } catch (CertificateException e) {
            throw new SpecException("authority", "has no certificates in PEM: " + e.getMessage());
        }
        if (certificates.isEmpty()) {
            throw new SpecException("authority", "has no certificates in PEM");
        }
        return certificates;
    }

    private Optional<String> text(String key) {
        Object value = spec.get(key);
        if (value != null && !(value instanceof String)) {
            throw new SpecException(key, "must be a text");
        }
        return Optional.ofNullable((String) value).filter(text -> !text.isBlank());
    }

    private Set<String> texts(String key) {
        Set<String> texts = new HashSet<>();
        if (spec.get(key) instanceof Collection<?> items) {
            items.forEach(item -> texts.add(String.valueOf(item)));
        }
        return texts;
    }
}
