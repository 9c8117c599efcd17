package io.serai.identity.internal;

import io.serai.api.cluster.Member;
import io.serai.api.state.Author;
import io.serai.api.state.Change;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StateRepository;
import io.serai.identity.internal.IdentitySettings.NodeAddress;
import io.serai.identity.internal.members.MemberFile;
import io.serai.identity.internal.members.StateObjects;
import io.serai.identity.internal.pki.Authority;
import io.serai.identity.internal.pki.Certificates;
import io.serai.identity.internal.pki.Fingerprints;
import io.serai.identity.internal.pki.Keys;
import io.serai.identity.internal.pki.Pem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Makes a cluster of one node. What a crash leaves of it is made anew. */
final class Founding {
    private final IdentitySettings settings;
    private final IdentityFolder folder;
    private final StateRepository state;
    private final Clock clock;

    Founding(IdentitySettings settings, IdentityFolder folder, StateRepository state, Clock clock) {
        this.settings = settings;
        this.folder = folder;
        this.state = state;
        this.clock = clock;
    }

    /**
     * Founds it.
     *
     * @throws StateException {@code INVALID} if the state is that of a cluster with other nodes
     */
    void found() throws StateException, GeneralSecurityException, IOException {
        requireNoOthers(state.head());
        Instant now = clock.instant();
        UUID id = NodeIds.keep(folder);
        Authority authority = Certificates.authority(now);
        KeyPair pair = Keys.generate();
        X509Certificate certificate = Certificates.issue(
                authority, settings.address().subject(id), pair.getPublic(), now, settings.validity());
        folder.write(Map.of(
                IdentityFolder.AUTHORITY_KEY, Pem.of(authority.key()),
                IdentityFolder.AUTHORITY_CERTIFICATE, Pem.of(List.of(authority.certificate())),
                IdentityFolder.NODE_KEY, Pem.of(pair.getPrivate())));
        NodeAddress address = settings.address();
        Member self = new Member(
                id,
                address.name(),
                address.host(),
                address.clusterPort(),
                address.adminPort(),
                Set.of(Fingerprints.of(certificate)),
                settings.groups());
        StateEdits.commit(state, head -> founded(head, self, certificate));
        folder.write(IdentityFolder.NODE_CERTIFICATE, Pem.of(List.of(certificate)));
    }

    private static Change founded(Snapshot head, Member self, X509Certificate certificate) {
        return new Change(
                Map.of(MemberFile.path(self.name()), MemberFile.write(self, List.of(certificate))),
                Set.of(),
                new Author(self.name(), "node"),
                "Found a cluster with node " + self.name(),
                Optional.of(head.commit()));
    }

    private void requireNoOthers(Snapshot head) throws StateException {
        Set<String> others =
                new TreeSet<>(StateObjects.of(head, MemberFile.KIND).keySet());
        others.remove(settings.address().name());
        if (!others.isEmpty()) {
            throw new StateException(
                    Reason.INVALID,
                    "the state is that of a cluster with the nodes " + String.join(", ", others) + ", but "
                            + folder.path()
                            + " does not have what this node was let in with: restore that folder, or make"
                            + " a token on one of them and start this node with it",
                    null);
        }
    }
}
