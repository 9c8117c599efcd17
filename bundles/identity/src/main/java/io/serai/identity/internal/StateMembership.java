package io.serai.identity.internal;

import io.serai.api.cluster.ClusterCertificate;
import io.serai.api.cluster.Member;
import io.serai.api.cluster.Membership;
import io.serai.api.state.Author;
import io.serai.api.state.Change;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import io.serai.identity.internal.join.JoinToken;
import io.serai.identity.internal.members.MemberFile;
import io.serai.identity.internal.members.TokenFile;
import io.serai.identity.internal.pki.Authority;
import io.serai.identity.internal.pki.Credentials;
import io.serai.identity.internal.pki.Fingerprints;
import io.serai.identity.internal.pki.Keys;
import io.serai.identity.internal.pki.Succession;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The members that the state names. */
@Component(service = {Membership.class, StateMembership.class})
public final class StateMembership implements Membership {
    private static final Logger LOG = LoggerFactory.getLogger(StateMembership.class);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    private final IdentityVault vault;
    private final MemberDirectory directory;
    private final StateRepository state;
    private final Object rotation = new Object();

    /** Changes a state. */
    @Activate
    public StateMembership(
            @Reference IdentityVault vault, @Reference MemberDirectory directory, @Reference StateRepository state) {
        this.vault = vault;
        this.directory = directory;
        this.state = state;
    }

    @Override
    public List<Member> members() {
        return directory.members();
    }

    @Override
    public List<ClusterCertificate> certificates() {
        X509Certificate authority = vault.authority().certificate();
        Stream<ClusterCertificate> signer = Stream.of(
                new ClusterCertificate(Optional.empty(), Fingerprints.of(authority), Optional.of(authority), true));
        return Stream.concat(signer, directory.members().stream().flatMap(this::certificates))
                .toList();
    }

    private Stream<ClusterCertificate> certificates(Member member) {
        Map<String, X509Certificate> known = new HashMap<>();
        directory.certificates(member).forEach(each -> known.put(Fingerprints.of(each), each));
        // this node may use its old one still, if a crash came while it was replaced
        String used = member.id().equals(vault.id())
                ? vault.credentials().fingerprint()
                : newest(member.certificates(), known.values());
        return member.certificates().stream()
                .sorted(Comparator.comparing(used::equals).reversed())
                .map(each -> new ClusterCertificate(
                        Optional.of(member.name()), each, Optional.ofNullable(known.get(each)), each.equals(used)));
    }

    /** Returns the fingerprint of the certificate that vouches for no other. */
    private static String newest(Set<String> fingerprints, Collection<X509Certificate> known) {
        return known.stream()
                .filter(each -> known.stream().noneMatch(next -> Succession.vouches(each, next)))
                .map(Fingerprints::of)
                .findFirst()
                .orElseGet(() -> fingerprints.iterator().next());
    }

    @Override
    public String createToken(Duration validity, Author author) throws StateException {
        if (validity.compareTo(SHORTEST) < 0 || validity.compareTo(LONGEST) > 0) {
            throw new StateException(
                    Reason.INVALID, "Cannot make a token for " + validity + "; give a second to 365 days", null);
        }
        Instant expires =
                vault.clock().instant().plus(validity).plusMillis(999).truncatedTo(ChronoUnit.SECONDS); // rounded up
        HexFormat hex = HexFormat.of();
        JoinToken token = new JoinToken(
                expires,
                hex.formatHex(Keys.random(JoinToken.SECRET_BYTES)),
                hex.formatHex(Keys.random(JoinToken.ID_BYTES)),
                Authority.pin(vault.authority().certificate()),
                addresses());
        TokenFile file = new TokenFile(token.id(), JoinToken.hash(token.secret()), token.expires(), Optional.empty());
        StateEdits.commit(
                state,
                head -> new Change(
                        Map.of(TokenFile.path(file.id()), file.write()),
                        ExpiredTokens.of(head, vault.clock().instant()),
                        author,
                        "Let one node join until " + file.expires(),
                        Optional.of(head.commit())));
        return token.text();
    }

    @Override
    public void forget(String name, Author author) throws StateException {
        StateEdits.commit(state, head -> {
            Member member = directory.named().stream()
                    .filter(known -> known.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new StateException(
                            Reason.NOT_FOUND,
                            "Cannot forget node '" + name + "': the cluster has no such member",
                            null));
            if (member.id().equals(vault.id())) {
                throw new StateException(
                        Reason.INVALID, "Cannot forget node " + name + " on itself: do it on another node", null);
            }
            StatePath path = MemberFile.path(name);
            return new Change(Map.of(), Set.of(path), author, "Forget node " + name, Optional.of(head.commit()));
        });
    }

    @Override
    public void rotate(Author author) throws StateException {
        synchronized (rotation) {
            try {
                Credentials before = vault.credentials();
                Credentials next = vault.next();
                StateEdits.commit(state, head -> rotation(head, author, before, next));
                vault.replace(next); // others accept the new one from now on, and the old one until the next time
                LOG.info(
                        "Replaced the certificate of this node: fingerprint={}, before={}, validUntil={}",
                        next.fingerprint(),
                        before.fingerprint(),
                        next.certificate().getNotAfter().toInstant());
            } catch (IOException | GeneralSecurityException e) {
                throw new StateException(
                        Reason.IO,
                        "Cannot replace the certificate of this node: " + e.getMessage() + "; the old one is kept",
                        e);
            }
        }
    }

    private Change rotation(Snapshot head, Author author, Credentials before, Credentials next) throws StateException {
        Member self = MemberDirectory.find(directory.named(), vault.id())
                .orElseThrow(() -> new StateException(
                        Reason.NOT_FOUND,
                        "Cannot replace the certificate of this node: the state does not name it as a member",
                        null));
        Member renewed = new Member(
                self.id(),
                self.name(),
                self.host(),
                self.clusterPort(),
                self.adminPort(),
                Set.of(next.fingerprint(), before.fingerprint()),
                self.groups());
        return new Change(
                Map.of(MemberFile.path(self.name()), MemberFile.write(renewed, next.chain())),
                Set.of(),
                author,
                "Replace the certificate of node " + self.name(),
                Optional.of(head.commit()));
    }

    private List<JoinToken.Address> addresses() {
        Stream<Member> self = members().stream().filter(member -> member.id().equals(vault.id()));
        Stream<Member> others = members().stream().filter(member -> !member.id().equals(vault.id()));
        return Stream.concat(self, others)
                .limit(JoinToken.MAX_ADDRESSES)
                .map(member -> new JoinToken.Address(member.host(), member.adminPort()))
                .toList();
    }
}
