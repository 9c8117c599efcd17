package io.serai.identity.internal;

import io.serai.api.cluster.Member;
import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StateRepository;
import io.serai.api.text.NaturalOrder;
import io.serai.identity.internal.members.MemberFile;
import io.serai.identity.internal.members.StateObjects;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The members that the head of the state names, looked up again when it has moved. */
@Component(service = MemberDirectory.class)
public final class MemberDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(MemberDirectory.class);

    private final StateRepository state;
    private final IdentityVault vault;
    private volatile @Nullable View view;

    /** Looks into a state. */
    @Activate
    public MemberDirectory(@Reference StateRepository state, @Reference IdentityVault vault) {
        this.state = state;
        this.vault = vault;
    }

    /**
     * What one commit says.
     *
     * @param files each file of a member, and what it says; empty if it cannot be read
     * @param named whom the state names
     * @param members who counts: whom the state names, or whom this node has heard of
     * @param fingerprints of all their certificates
     */
    private record View(
            CommitId commit,
            Map<NamedBlob, Optional<Member>> files,
            List<Member> named,
            List<Member> members,
            Set<String> fingerprints) {}

    private record NamedBlob(String name, BlobId blob) {}

    /** Returns who belongs to the cluster, by name. */
    List<Member> members() {
        return current().members();
    }

    /** Returns whom the state names, which is nobody until it has come from another node. */
    List<Member> named() {
        return current().named();
    }

    /** Returns the certificates of a member, as far as the state has them and not their fingerprints only. */
    List<X509Certificate> certificates(Member member) {
        Snapshot head = state.head();
        BlobId blob = head.files().get(MemberFile.path(member.name()));
        if (blob == null) {
            return List.of();
        }
        try {
            return MemberFile.certificates(member.name(), StateObjects.text(head, blob));
        } catch (StateException | IllegalArgumentException e) {
            LOG.warn("Cannot read the certificates of a member: node={}, cause={}", member.name(), e.getMessage());
            return List.of();
        }
    }

    /** Returns whether a member may show the certificate of a fingerprint. */
    boolean hasCertificate(String fingerprint) {
        return current().fingerprints().contains(fingerprint);
    }

    /** Returns the member of a list that has an id. */
    static Optional<Member> find(Collection<Member> members, UUID id) {
        return members.stream().filter(member -> member.id().equals(id)).findFirst();
    }

    private View current() {
        Snapshot head = state.head();
        View last = view;
        if (last != null && last.commit().equals(head.commit())) {
            return last;
        }
        View next = read(head, last == null ? Map.of() : last.files());
        view = next;
        return next;
    }

    private View read(Snapshot head, Map<NamedBlob, Optional<Member>> before) {
        Map<NamedBlob, Optional<Member>> files = new HashMap<>();
        Map<String, Member> byName = new TreeMap<>(NaturalOrder.OF_NAMES);
        StateObjects.of(head, MemberFile.KIND).forEach((name, blob) -> {
            NamedBlob file = new NamedBlob(name, blob);
            Optional<Member> known = before.get(file);
            Optional<Member> member = known == null ? read(head, file) : known;
            files.put(file, member);
            member.ifPresent(found -> byName.put(name, found));
        });
        List<Member> named = List.copyOf(byName.values());
        List<Member> members = find(named, vault.id()).isPresent() ? named : known(named);
        Set<String> fingerprints = new HashSet<>();
        members.forEach(member -> fingerprints.addAll(member.certificates()));
        return new View(head.commit(), files, named, members, fingerprints);
    }

    private static Optional<Member> read(Snapshot head, NamedBlob file) {
        try {
            return Optional.of(MemberFile.read(file.name(), StateObjects.text(head, file.blob())));
        } catch (IllegalArgumentException | StateException e) {
            LOG.error(
                    "Does not count a member whose file cannot be read; put the file right: member={}, cause={}",
                    file.name(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    /** Returns who counts while the state does not name this node. */
    private List<Member> known(List<Member> named) {
        try {
            KnownMembers known = vault.known();
            return named.isEmpty() || known.joining() ? known.members() : named;
        } catch (IOException e) {
            LOG.error("Cannot tell whom this node knew last, so only the state counts", e);
            return named;
        }
    }
}
