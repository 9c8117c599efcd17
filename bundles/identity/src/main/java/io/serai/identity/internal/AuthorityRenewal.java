package io.serai.identity.internal;

import io.serai.api.state.Author;
import io.serai.api.state.BlobId;
import io.serai.api.state.Change;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StateRepository;
import io.serai.identity.internal.members.AuthorityFile;
import io.serai.identity.internal.members.StateObjects;
import io.serai.identity.internal.pki.Authority;
import io.serai.identity.internal.pki.Certificates;
import io.serai.identity.internal.pki.Fingerprints;
import io.serai.identity.internal.pki.Lifetime;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the certificate of the cluster's authority valid. Its key and its name stay (a renewal without a new key, RFC 3647,
 * 4.6): what it has signed counts under both certificates, so that nodes which know one of them trust each other, and nothing
 * secret has to travel. The new one is a change of the state like any other. For one thread.
 */
final class AuthorityRenewal {
    private static final Logger LOG = LoggerFactory.getLogger(AuthorityRenewal.class);
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");

    private final IdentityVault vault;
    private final StateRepository state;
    // what was found to be no renewal, and told
    private @Nullable BlobId refused;

    AuthorityRenewal(IdentityVault vault, StateRepository state) {
        this.vault = vault;
        this.state = state;
    }

    /** Takes the certificate that the state has, if it is valid for longer than the one here. */
    void adopt() throws StateException, IOException {
        Snapshot head = state.head();
        BlobId blob = head.files().get(AuthorityFile.PATH);
        if (blob == null || blob.equals(refused)) {
            return;
        }
        try {
            X509Certificate next = AuthorityFile.read(StateObjects.text(head, blob));
            X509Certificate now = vault.authority().certificate();
            if (!renews(now, next)) {
                refuse(blob, "another authority has signed it");
            } else if (end(next).isAfter(end(now))) {
                vault.adopt(next);
                LOG.info(
                        "Took the renewed certificate of the cluster's authority: fingerprint={}, before={}, validUntil={}",
                        Fingerprints.of(next),
                        Fingerprints.of(now),
                        end(next));
            }
        } catch (IllegalArgumentException e) {
            refuse(blob, String.valueOf(e.getMessage()));
        }
    }

    private static Instant end(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }

    private static boolean renews(X509Certificate now, X509Certificate next) {
        return next.getPublicKey().equals(now.getPublicKey()) && Authority.hasSigned(now, next);
    }

    private void refuse(BlobId blob, String reason) {
        refused = blob;
        LOG.error(
                "Did not take the certificate of the cluster's authority from the state; revert the change that put it"
                        + " there: file={}, reason={}",
                AuthorityFile.PATH,
                reason);
    }

    /** Writes a new certificate when a third of the time of the one that counts is left. */
    void renew(Author author) throws StateException, IOException, GeneralSecurityException {
        adopt();
        Authority before = vault.authority();
        if (!Lifetime.isAlmostOver(before.certificate(), vault.clock().instant())) {
            return;
        }
        Authority next = Certificates.renew(before, vault.clock().instant());
        Snapshot head = state.head();
        try {
            state.commit(new Change(
                    Map.of(AuthorityFile.PATH, AuthorityFile.write(next.certificate())),
                    Set.of(),
                    author,
                    "Renew the certificate of the cluster's authority",
                    Optional.of(head.commit())));
        } catch (StateException e) {
            if (e.reason() != Reason.CONFLICT) {
                throw e;
            }
            LOG.debug("Another node has renewed the certificate of the authority at the same time", e);
            adopt();
            return;
        }
        AUDIT.info(
                "Renewed the certificate of the cluster's authority: fingerprint={}, before={}, validUntil={}, node={}",
                Fingerprints.of(next.certificate()),
                Fingerprints.of(before.certificate()),
                end(next.certificate()),
                author.name());
        adopt();
    }
}
