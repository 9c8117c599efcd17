package io.serai.access.internal.check;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.serai.access.internal.check.Finding.Unknown;
import io.serai.access.internal.credential.Credential;
import io.serai.access.internal.credential.Credentials;
import io.serai.access.internal.credential.IssuerKeys;
import io.serai.access.internal.credential.Proof.Token;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tokens that an issuer has signed (RFC 7519, as RFC 8725 advises). What takes no arithmetic is checked first. */
final class TokenCheck {
    private static final Logger LOG = LoggerFactory.getLogger(TokenCheck.class);
    private static final int MAX_CHARACTERS = 8_192;
    private static final int MAX_SUBJECT = 200;
    private static final int MAX_TRIES = 3; // of keys, for a token that does not name its own

    private final KeySources sources;
    private final Clock clock;

    TokenCheck(KeySources sources, Clock clock) {
        this.sources = sources;
        this.clock = clock;
    }

    Finding check(Credentials credentials, String token) {
        if (token.length() > MAX_CHARACTERS) {
            return Unknown.WRONG;
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token); // refuses what is not signed
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            Finding found = Unknown.WRONG;
            for (Credential credential : credentials.ofIssuer(String.valueOf(claims.getIssuer()))) {
                Finding one = check(credential, jwt, claims);
                if (one instanceof Verified) {
                    return one;
                }
                found = one == Unknown.LATER ? one : found;
            }
            return found;
        } catch (ParseException e) {
            LOG.debug("Does not count a token that is none", e);
            return Unknown.WRONG;
        }
    }

    private Finding check(Credential credential, SignedJWT jwt, JWTClaimsSet claims) {
        Token wanted = (Token) credential.proof();
        Optional<String> subject = Optional.ofNullable(claims.getSubject()).filter(TokenCheck::isName);
        boolean fits =
                wanted.algorithms().contains(jwt.getHeader().getAlgorithm().getName())
                        && subject.isPresent()
                        && isNow(wanted, claims)
                        && claims.getAudience().stream().anyMatch(wanted.audiences()::contains)
                        && wanted.claims().entrySet().stream().allMatch(each -> has(claims, each));
        if (!fits) {
            return Unknown.WRONG;
        }
        KeySource source = sources.of(wanted.keys());
        Optional<IssuerKeys> keys = source.keys();
        List<JWSVerifier> verifiers =
                keys.map(each -> each.verifiers(jwt.getHeader())).orElse(List.of());
        if (verifiers.isEmpty()) {
            return source.want() || keys.isEmpty() ? Unknown.LATER : Unknown.WRONG;
        }
        long until =
                claims.getExpirationTime().toInstant().plus(wanted.clockSkew()).toEpochMilli();
        return verifiers.stream().limit(MAX_TRIES).anyMatch(verifier -> isSigned(jwt, verifier))
                ? Verified.of(credential, subject, until, keys.orElseThrow())
                : Unknown.WRONG;
    }

    private boolean isNow(Token wanted, JWTClaimsSet claims) {
        Instant now = clock.instant();
        Duration skew = wanted.clockSkew();
        Date end = claims.getExpirationTime();
        Date begin = claims.getNotBeforeTime();
        return end != null
                && now.isBefore(end.toInstant().plus(skew))
                && (begin == null || !begin.toInstant().isAfter(now.plus(skew)));
    }

    private static boolean isSigned(SignedJWT jwt, JWSVerifier verifier) {
        try {
            return jwt.verify(verifier);
        } catch (JOSEException e) {
            LOG.debug("Does not count a token whose signature cannot be verified", e);
            return false;
        }
    }

    /** Returns whether a claim is a value, has it in a list, or among its words as scope does (RFC 8693, section 4.2). */
    private static boolean has(JWTClaimsSet claims, Map.Entry<String, String> wanted) {
        Object value = claims.getClaim(wanted.getKey());
        if (value instanceof Collection<?> items) {
            return items.stream().anyMatch(item -> wanted.getValue().equals(String.valueOf(item)));
        }
        return value != null
                && (wanted.getValue().equals(String.valueOf(value))
                        || List.of(String.valueOf(value).split(" ", -1)).contains(wanted.getValue()));
    }

    private static boolean isName(String subject) {
        return !subject.isBlank()
                && subject.length() <= MAX_SUBJECT
                && subject.chars().noneMatch(Character::isISOControl);
    }
}
