package io.serai.identity.internal;

import io.serai.api.cluster.Enrollment;
import io.serai.api.cluster.Member;
import io.serai.api.state.Author;
import io.serai.api.state.BlobId;
import io.serai.api.state.Change;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StateRepository;
import io.serai.identity.internal.IdentitySettings.NodeAddress;
import io.serai.identity.internal.join.JoinAnswer;
import io.serai.identity.internal.join.JoinJson;
import io.serai.identity.internal.join.JoinRequest;
import io.serai.identity.internal.join.JoinToken;
import io.serai.identity.internal.members.MemberFile;
import io.serai.identity.internal.members.MemberRules;
import io.serai.identity.internal.members.StateObjects;
import io.serai.identity.internal.members.TokenFile;
import io.serai.identity.internal.pki.CertificateRequests;
import io.serai.identity.internal.pki.Fingerprints;
import io.serai.identity.internal.pki.Pem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets nodes in that have a token of the state. One change marks the token as used and names the node. */
@Component(service = Enrollment.class)
public final class TokenEnrollment implements Enrollment {
    private static final Logger LOG = LoggerFactory.getLogger(TokenEnrollment.class);
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");
    private static final int HEX_BYTE = 2;

    private final IdentityVault vault;
    private final MemberDirectory directory;
    private final StateRepository state;

    /** Lets nodes into the cluster of a state. */
    @Activate
    public TokenEnrollment(
            @Reference IdentityVault vault, @Reference MemberDirectory directory, @Reference StateRepository state) {
        this.vault = vault;
        this.directory = directory;
        this.state = state;
    }

    @Override
    public byte[] enroll(byte[] request, String from) throws StateException {
        try {
            JoinRequest join = read(request);
            requireToken(state.head(), join); // nothing is read further or signed for strangers
            PublicKey key = key(join);
            X509Certificate certificate = vault.issue(
                    new NodeAddress(join.name(), join.host(), join.clusterPort(), join.adminPort()), join.id(), key);
            Member member = member(join, Fingerprints.of(certificate));
            String holder = Fingerprints.of(key.getEncoded());
            StateEdits.commit(
                    state,
                    head -> admission(head, requireToken(head, join), holder, new Admitted(member, certificate)));
            AUDIT.info(
                    "Let a node join: node={}, id={}, host={}, token={}, fingerprint={}, from={}",
                    member.name(),
                    member.id(),
                    member.host(),
                    join.token(),
                    Fingerprints.of(certificate),
                    from);
            return answer(certificate);
        } catch (StateException e) {
            AUDIT.warn(
                    "Refused a node that wants to join: from={}, reason={}, cause={}",
                    from,
                    e.reason(),
                    e.getMessage());
            throw e;
        } catch (GeneralSecurityException e) {
            AUDIT.warn("Could not let a node join: from={}, cause={}", from, e.getMessage());
            throw new StateException(Reason.IO, "Cannot sign a certificate: " + e.getMessage(), e);
        }
    }

    private record Admitted(Member member, X509Certificate certificate) {}

    private byte[] answer(X509Certificate certificate) throws GeneralSecurityException {
        return JoinJson.write(new JoinAnswer(
                JoinRequest.VERSION,
                Pem.of(List.of(certificate)),
                Pem.of(List.of(vault.authority().certificate())),
                Pem.of(vault.authority().key()),
                directory.members()));
    }

    /**
     * Returns the change that lets a node in. It writes into the token who has used it, so that of two nodes which come
     * with one token the second finds the file changed, wherever in the cluster it asks.
     */
    private Change admission(Snapshot head, TokenFile token, String holder, Admitted admitted) throws StateException {
        Member member = admitted.member();
        boolean again = token.usedBy().isPresent();
        if (again && !(token.usedBy().get().equals(holder) && isMember(member))) {
            throw notGood();
        }
        if (!again) {
            requireFree(member);
        }
        return new Change(
                Map.of(
                        MemberFile.path(member.name()),
                        MemberFile.write(member, List.of(admitted.certificate())),
                        TokenFile.path(token.id()),
                        token.usedBy(holder).write()),
                ExpiredTokens.of(head, vault.clock().instant()),
                new Author(member.name(), "node"),
                "Let node " + member.name() + " join\n\nToken: " + token.id() + "\nThrough: "
                        + vault.address().name() + "\n",
                Optional.of(head.commit()));
    }

    private boolean isMember(Member member) {
        return directory.named().stream()
                .anyMatch(
                        known -> known.id().equals(member.id()) && known.name().equals(member.name()));
    }

    private void requireFree(Member member) throws StateException {
        for (Member other : directory.named()) {
            if (other.name().equalsIgnoreCase(member.name())) { // some clones cannot hold both
                throw taken("The name " + member.name() + " is taken: choose another name or forget that node");
            }
            if (other.id().equals(member.id())) {
                throw taken("The node with this identity is a member already, named " + other.name()
                        + ": forget that node, or delete the identity folder of this one");
            }
        }
    }

    /** Returns the token of the state that a request has the secret of. */
    private TokenFile requireToken(Snapshot head, JoinRequest join) throws StateException {
        BlobId blob = head.files().get(TokenFile.path(join.token()));
        if (blob == null) {
            throw notGood();
        }
        try {
            TokenFile token = TokenFile.read(join.token(), StateObjects.text(head, blob));
            byte[] expected = token.hash().getBytes(StandardCharsets.US_ASCII);
            byte[] shown = JoinToken.hash(join.secret()).getBytes(StandardCharsets.US_ASCII);
            if (MessageDigest.isEqual(expected, shown)
                    && token.expires().isAfter(vault.clock().instant())) {
                return token;
            }
        } catch (IllegalArgumentException e) {
            LOG.error("Let nobody in with a token whose file cannot be read: {}", e.getMessage());
        }
        throw notGood();
    }

    private static StateException notGood() {
        return new StateException(
                Reason.NOT_FOUND,
                "The token is not good: it is unknown, has been used or has expired; make a new one on a member",
                null);
    }

    private static JoinRequest read(byte[] request) throws StateException {
        if (request.length > MAX_REQUEST_BYTES) {
            throw invalid("it has " + request.length + " bytes; at most " + MAX_REQUEST_BYTES + " are allowed");
        }
        JoinRequest join;
        try {
            join = JoinJson.read(request, JoinRequest.class);
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
        if (join.version() != JoinRequest.VERSION) {
            throw invalid("its version is " + join.version() + ", this node knows " + JoinRequest.VERSION
                    + "; use the same version of Serai on all nodes");
        }
        if (!isHex(join.token(), JoinToken.ID_BYTES) || !isHex(join.secret(), JoinToken.SECRET_BYTES)) {
            throw invalid("its token does not have the form of one");
        }
        member(join, Fingerprints.of(request)); // what it says of itself can be said of a member
        return join;
    }

    private static Member member(JoinRequest join, String fingerprint) throws StateException {
        Member member = new Member(
                join.id(),
                join.name(),
                join.host(),
                join.clusterPort(),
                join.adminPort(),
                Set.of(fingerprint),
                List.of());
        Optional<String> problem = MemberRules.problem(member);
        if (problem.isPresent()) {
            throw invalid(problem.get());
        }
        return member;
    }

    private static PublicKey key(JoinRequest join) throws StateException {
        try {
            return CertificateRequests.verify(join.request());
        } catch (GeneralSecurityException e) {
            throw invalid("its certificate request is not good: " + e.getMessage());
        }
    }

    private static boolean isHex(String text, int bytes) {
        return text.length() == bytes * HEX_BYTE && text.chars().allMatch(c -> "0123456789abcdef".indexOf(c) >= 0);
    }

    private static StateException invalid(String problem) {
        return new StateException(Reason.INVALID, "The request to join cannot be read: " + problem, null);
    }

    private static StateException taken(String problem) {
        return new StateException(Reason.CONFLICT, problem, null);
    }
}
