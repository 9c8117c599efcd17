package io.serai.access.internal;

import io.serai.access.internal.check.CallerCheck;
import io.serai.access.internal.check.Finding;
import io.serai.access.internal.check.Finding.Unknown;
import io.serai.access.internal.check.Verified;
import io.serai.access.internal.credential.Credential;
import io.serai.access.internal.credential.CredentialDirectory;
import io.serai.access.internal.credential.Credentials;
import io.serai.access.internal.credential.Proof;
import io.serai.api.access.AddressRange;
import io.serai.api.access.Admission;
import io.serai.api.access.Admission.Reason;
import io.serai.api.access.Admission.Refusal;
import io.serai.api.access.ChannelGuard;
import io.serai.api.access.ChannelRules;
import io.serai.api.access.Visit;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Guards one channel. */
final class RuleGuard implements ChannelGuard {
    private static final String UNKNOWN =
            "This channel needs a credential that counts; none was shown, or not a right one";
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration THROTTLED = Duration.ofMinutes(1);
    private static final String REALM = " realm=\"serai\"";

    private final ChannelRules rules;
    private final CredentialDirectory directory;
    private final CallerCheck callers;
    private final RefusalLog refusals;
    private final LimitCheck limits;
    private volatile Challenges challenges = new Challenges(Optional.empty(), List.of());

    /** How callers may say who they are, as long as the credentials are these. */
    private record Challenges(Optional<Credentials> of, List<String> texts) {}

    RuleGuard(
            ChannelRules rules,
            CredentialDirectory directory,
            CallerCheck callers,
            RefusalLog refusals,
            LimitCheck limits) {
        this.limits = limits;
        this.rules = rules;
        this.directory = directory;
        this.callers = callers;
        this.refusals = refusals;
    }

    @Override
    public Admission admit(Visit visit) {
        if (!isPermitted(visit.address())) {
            return refused(visit, "", Reason.FORBIDDEN, "This channel cannot be called from this address");
        }
        if (!rules.demandsCredential()) {
            return limits.admit(visit, Admission.ANYBODY, List.of());
        }
        Finding finding = callers.find(visit);
        if (finding instanceof Verified verified) {
            return isPermitted(verified.credential())
                    ? limits.admit(
                            visit, verified.admission(), verified.credential().limits())
                    : notPermitted(visit, verified);
        }
        return switch ((Unknown) finding) {
            case NOTHING, WRONG -> refused(visit, "", Reason.UNAUTHENTICATED, UNKNOWN);
            case THROTTLED -> refused(
                    visit,
                    "",
                    Reason.TOO_MANY,
                    "Too many attempts from this address have failed; try again in a minute");
            case LATER -> refusal(
                    Reason.UNAVAILABLE, "It cannot be checked now who calls; try again soon", Optional.of(SOON));
        };
    }

    private boolean isPermitted(InetAddress address) {
        List<AddressRange> ranges = rules.addresses();
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).contains(address)) {
                return true;
            }
        }
        return ranges.isEmpty();
    }

    private boolean isPermitted(Credential credential) {
        if (rules.credentials().contains(credential.name())) {
            return true;
        }
        for (String group : credential.groups()) {
            if (rules.groups().contains(group)) {
                return true;
            }
        }
        return false;
    }

    private Admission notPermitted(Visit visit, Verified verified) {
        String name = verified.admission().caller().orElseThrow().name();
        return refused(visit, name, Reason.FORBIDDEN, "This caller may not use this channel");
    }

    private Admission refused(Visit visit, String user, Reason reason, String message) {
        refusals.refused(user, visit.address().getHostAddress(), rules.channel(), message);
        return refusal(reason, message, reason == Reason.TOO_MANY ? Optional.of(THROTTLED) : Optional.empty());
    }

    private Admission refusal(Reason reason, String message, Optional<Duration> retryAfter) {
        List<String> texts = reason == Reason.UNAUTHENTICATED ? challenges() : List.of();
        return new Admission(
                Optional.empty(), Optional.of(new Refusal(reason, message, texts, retryAfter)), Optional.empty());
    }

    private List<String> challenges() {
        Optional<Credentials> now = directory.credentials();
        Challenges known = challenges;
        if (!known.of().equals(now)) {
            Set<String> texts = new TreeSet<>();
            now.map(each -> each.permitted(rules.credentials(), rules.groups()))
                    .orElse(List.of())
                    .forEach(credential -> texts.add(challenge(credential.proof())));
            known = new Challenges(now, new ArrayList<>(texts));
            challenges = known;
        }
        return known.texts().isEmpty() ? List.of("Basic" + REALM) : known.texts();
    }

    /** Returns how a client is told to prove itself; of keys and certificates there is no scheme that is registered. */
    private static String challenge(Proof proof) {
        if (proof instanceof Proof.Password) {
            return "Basic" + REALM + ", charset=\"UTF-8\"";
        }
        if (proof instanceof Proof.Token) {
            return "Bearer" + REALM;
        }
        return proof instanceof Proof.ApiKey key
                ? "ApiKey" + REALM + ", header=\"" + key.header() + "\""
                : "Certificate" + REALM;
    }
}
