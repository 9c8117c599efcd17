package io.serai.identity.internal;

import io.serai.api.cluster.Member;
import io.serai.api.state.Author;
import io.serai.api.state.Change;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import io.serai.identity.internal.IdentitySettings.NodeAddress;
import io.serai.identity.internal.members.MemberFile;
import io.serai.identity.internal.pki.Lifetime;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the state says of this node true, its certificate and that of the authority valid, and its list of members on disk; says so when it has
 * been forgotten.
 */
@Component(
        service = {},
        immediate = true)
public final class IdentityUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityUpkeep.class);
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);
    private static final int LOOKS = 12; // during the validity of a certificate, four of them in its last third

    private final IdentityVault vault;
    private final MemberDirectory directory;
    private final StateMembership membership;
    private final StateRepository state;
    private final HeadWatch heads;
    private final AuthorityRenewal authority; // only the executor's thread
    private final Runnable moved = this::moved;
    private final ScheduledExecutorService executor = IdentityThreads.single("upkeep");
    private final ScheduledFuture<?> renewal;
    private boolean placeTold; // only the executor's thread
    private boolean unknownTold; // only the executor's thread

    /** Looks at once, whenever the head has moved, and once a day. */
    @Activate
    public IdentityUpkeep(
            @Reference IdentityVault vault,
            @Reference MemberDirectory directory,
            @Reference StateMembership membership,
            @Reference StateRepository state,
            @Reference HeadWatch heads) {
        this.vault = vault;
        this.directory = directory;
        this.membership = membership;
        this.state = state;
        this.heads = heads;
        this.authority = new AuthorityRenewal(vault, state);
        heads.addReceiver(moved);
        executor.execute(this::reconcile);
        long pause = Math.min(
                LONGEST_PAUSE.toMillis(),
                vault.settings().validity().dividedBy(LOOKS).toMillis());
        renewal = executor.scheduleAtFixedRate(this::renew, 0, pause, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void close() {
        heads.removeReceiver(moved);
        renewal.cancel(true);
        executor.shutdownNow();
    }

    private void moved() {
        try {
            executor.execute(this::reconcile);
        } catch (RejectedExecutionException e) {
            LOG.debug("Was told of a new head after the end", e);
        }
    }

    private void reconcile() {
        try {
            authority.adopt();
            List<Member> named = directory.named();
            Optional<Member> self = MemberDirectory.find(named, vault.id());
            if (self.isPresent()) {
                vault.keep(named);
                correct(self.get());
            } else {
                missing(named);
            }
        } catch (StateException | IOException e) {
            LOG.warn("Could not bring what the cluster knows of this node up to date: cause={}", e.getMessage());
        } catch (RuntimeException e) { // nobody looks at what the executor keeps
            LOG.error("Could not look after the identity of this node", e);
        }
    }

    private void correct(Member self) throws StateException {
        if (!self.certificates().contains(vault.credentials().fingerprint())) {
            tellOnce("the state names other certificates of it, so that its folder seems to be an old copy");
            return;
        }
        unknownTold = false;
        Member now = member(self.certificates());
        if (!placeTold && !(now.equals(self) && isThere(vault.credentials().certificate(), self))) {
            StateEdits.commit(state, head -> update(head, now));
            LOG.info(
                    "Told the cluster where this node is now: name={}, host={}, clusterPort={}, adminPort={}, groups={}",
                    now.name(),
                    now.host(),
                    now.clusterPort(),
                    now.adminPort(),
                    now.groups());
        }
        // once: two processes with one identity would go on correcting each other
        placeTold = true;
    }

    /** Returns whether the state has a certificate of a member, and not its fingerprint only. */
    private boolean isThere(X509Certificate certificate, Member member) {
        return directory.certificates(member).contains(certificate);
    }

    private void missing(List<Member> named) throws StateException, IOException {
        KnownMembers known = vault.known();
        if (known.joining()) {
            return; // the state has not come yet
        }
        if (!named.isEmpty()) {
            tellOnce("it was forgotten");
            return;
        }
        boolean alone = known.members().stream().allMatch(member -> member.id().equals(vault.id()));
        if (alone) { // the state was lost, and nobody else has it
            Member self = member(Set.of(vault.credentials().fingerprint()));
            StateEdits.commit(state, head -> update(head, self));
        }
    }

    private void tellOnce(String reason) {
        if (!unknownTold) {
            unknownTold = true;
            LOG.error(
                    "The cluster does not accept node {} any more: {}. It goes on alone. To let it in again, stop it, have"
                            + " a member forget it and make a token, delete {} and start it with the token",
                    vault.address().name(),
                    reason,
                    vault.settings().directory());
        }
    }

    private Member member(Set<String> certificates) {
        NodeAddress address = vault.address();
        return new Member(
                vault.id(),
                address.name(),
                address.host(),
                address.clusterPort(),
                address.adminPort(),
                certificates,
                vault.settings().groups());
    }

    /** Puts this node where it belongs, and removes it from where it was if it had another name. */
    private Change update(Snapshot head, Member now) throws StateException {
        Optional<Member> before = MemberDirectory.find(directory.named(), now.id());
        StatePath path = MemberFile.path(now.name());
        boolean renamed = before.isPresent() && !before.get().name().equals(now.name());
        if (renamed && head.files().containsKey(path)) {
            throw new StateException(
                    Reason.CONFLICT,
                    "this node is to be called " + now.name() + " instead of "
                            + before.get().name() + ", but another one is called so; choose another name",
                    null);
        }
        return new Change(
                Map.of(path, MemberFile.write(now, vault.credentials().chain())),
                renamed ? Set.of(MemberFile.path(before.get().name())) : Set.of(),
                author(),
                "Update what is known of node " + now.name(),
                Optional.of(head.commit()));
    }

    private void renew() {
        renewAuthority(); // first, because what it signs is not valid for longer than itself
        X509Certificate certificate = vault.credentials().certificate();
        Instant until = certificate.getNotAfter().toInstant();
        if (!Lifetime.isAlmostOver(certificate, vault.clock().instant())) {
            return;
        }
        try {
            membership.rotate(author());
        } catch (StateException e) {
            LOG.warn(
                    "Could not renew the certificate of this node, which is valid until {}: cause={}",
                    until,
                    e.getMessage());
        } catch (RuntimeException e) { // there must be a next time
            LOG.error("Could not renew the certificate of this node, which is valid until {}", until, e);
        }
    }

    private void renewAuthority() {
        try {
            authority.renew(author());
        } catch (StateException | IOException | GeneralSecurityException e) {
            LOG.warn(
                    "Could not renew the certificate of the cluster's authority, which is valid until {}: cause={}",
                    vault.authority().certificate().getNotAfter().toInstant(),
                    e.getMessage());
        } catch (RuntimeException e) { // there must be a next time
            LOG.error("Could not renew the certificate of the cluster's authority", e);
        }
    }

    private Author author() {
        return new Author(vault.address().name(), "node");
    }
}
