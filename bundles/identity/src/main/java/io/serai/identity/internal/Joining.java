package io.serai.identity.internal;

import io.serai.api.cluster.Member;
import io.serai.identity.internal.IdentitySettings.NodeAddress;
import io.serai.identity.internal.join.JoinAnswer;
import io.serai.identity.internal.join.JoinClient;
import io.serai.identity.internal.join.JoinJson;
import io.serai.identity.internal.join.JoinRefusedException;
import io.serai.identity.internal.join.JoinRequest;
import io.serai.identity.internal.join.JoinToken;
import io.serai.identity.internal.pki.Authority;
import io.serai.identity.internal.pki.CertificateRequests;
import io.serai.identity.internal.pki.Fingerprints;
import io.serai.identity.internal.pki.Keys;
import io.serai.identity.internal.pki.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Gets this node into the cluster of a token. */
final class Joining {
    private final IdentityFolder folder;
    private final JoinToken token;
    private final UUID id;
    private final PrivateKey key;
    private final PublicKey publicKey;
    private final JoinClient client;

    Joining(NodeAddress address, IdentityFolder folder, JoinToken token, Clock clock)
            throws IOException, GeneralSecurityException {
        this.folder = folder;
        this.token = token;
        this.id = NodeIds.keep(folder);
        String asked = keepRequest(folder);
        this.key = Pem.key(folder.require(IdentityFolder.NODE_KEY));
        this.publicKey = CertificateRequests.verify(asked);
        JoinRequest request = new JoinRequest(
                JoinRequest.VERSION,
                token.id(),
                token.secret(),
                id,
                address.name(),
                address.host(),
                address.clusterPort(),
                address.adminPort(),
                asked);
        this.client = new JoinClient(token, request, clock);
    }

    /**
     * Asks once; what it is let in with is durable on return.
     *
     * @return whether it has been let in; if not, {@link #failures} explains why
     * @throws JoinRefusedException if it never will be
     * @throws GeneralSecurityException if the answer is not what a member would give
     */
    boolean ask() throws JoinRefusedException, InterruptedException, IOException, GeneralSecurityException {
        Optional<JoinAnswer> answer = client.ask();
        if (answer.isPresent()) {
            store(answer.get());
        }
        return answer.isPresent();
    }

    String failures() {
        return client.failures();
    }

    private void store(JoinAnswer answer) throws IOException, GeneralSecurityException {
        X509Certificate certificate = Pem.certificates(answer.certificate()).get(0);
        X509Certificate authority = Pem.certificates(answer.authority()).get(0);
        PrivateKey authorityKey = Pem.key(answer.authorityKey());
        require(Authority.pin(authority).equals(token.authority()), "the authority is not that of the token");
        require(Keys.matches(authorityKey, authority.getPublicKey()), "the key of the authority is another one");
        require(Authority.hasSigned(authority, certificate), "the certificate is not signed by the authority");
        require(certificate.getPublicKey().equals(publicKey), "the certificate is for another key");
        String fingerprint = Fingerprints.of(certificate);
        Optional<Member> self = MemberDirectory.find(answer.members(), id);
        require(
                self.isPresent() && self.get().certificates().contains(fingerprint),
                "the members do not include this node");
        KnownMembers known = new KnownMembers(KnownMembers.VERSION, true, answer.members());
        folder.write(Map.of(
                IdentityFolder.AUTHORITY_KEY, answer.authorityKey(),
                IdentityFolder.AUTHORITY_CERTIFICATE, answer.authority(),
                IdentityFolder.NODE_KEY, Pem.of(key),
                IdentityFolder.MEMBERS, new String(JoinJson.write(known), StandardCharsets.UTF_8)));
        folder.write(IdentityFolder.NODE_CERTIFICATE, Pem.of(List.of(certificate)));
        folder.delete(IdentityFolder.JOIN_TOKEN);
        folder.delete(IdentityFolder.JOIN_REFUSED);
        folder.delete(IdentityFolder.JOIN_REQUEST);
    }

    /** Returns the request of this node, which is durable along with its key. */
    private static String keepRequest(IdentityFolder folder) throws IOException, GeneralSecurityException {
        Optional<String> kept = folder.read(IdentityFolder.JOIN_REQUEST);
        Optional<String> key = folder.read(IdentityFolder.NODE_KEY);
        if (kept.isPresent()
                && key.isPresent()
                && Keys.matches(Pem.key(key.get()), CertificateRequests.verify(kept.get()))) {
            return kept.get();
        }
        KeyPair pair = Keys.generate();
        String request = CertificateRequests.create(pair);
        folder.write(IdentityFolder.NODE_KEY, Pem.of(pair.getPrivate()));
        folder.write(IdentityFolder.JOIN_REQUEST, request);
        return request;
    }

    private static void require(boolean holds, String problem) throws GeneralSecurityException {
        if (!holds) {
            throw new GeneralSecurityException("the answer is not one of a member: " + problem);
        }
    }
}
