package io.serai.identity.internal;

import io.serai.api.cluster.Member;
import io.serai.api.state.CommitId;
import io.serai.api.state.MergeConflict;
import io.serai.api.state.StateException;
import io.serai.api.state.StateReplica;
import io.serai.api.state.StateRepository;
import io.serai.identity.internal.members.StateObjects;
import io.serai.identity.internal.members.TokenFile;
import io.serai.identity.internal.pki.Fingerprints;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of tokens that have let two nodes in. Two parts of a cluster that do not see each other cannot know that the other
 * one has taken the same token; when they merge, its file is a conflict between both uses.
 */
@Component(
        service = {},
        immediate = true)
public final class TokenWatch {
    private static final Logger LOG = LoggerFactory.getLogger(TokenWatch.class);
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");

    private final MemberDirectory directory;
    private final StateRepository state;
    private final StateReplica replica;
    private final HeadWatch heads;
    private final Runnable moved = this::moved;
    private final ExecutorService executor = IdentityThreads.single("tokens");
    private final Set<MergeConflict> told = new HashSet<>(); // only the executor's thread

    /** Looks at once, and whenever the head has moved. */
    @Activate
    public TokenWatch(
            @Reference MemberDirectory directory,
            @Reference StateRepository state,
            @Reference StateReplica replica,
            @Reference HeadWatch heads) {
        this.directory = directory;
        this.state = state;
        this.replica = replica;
        this.heads = heads;
        heads.addReceiver(moved);
        moved();
    }

    @Deactivate
    void close() {
        heads.removeReceiver(moved);
        executor.shutdownNow();
    }

    private void moved() {
        try {
            executor.execute(this::look);
        } catch (RejectedExecutionException e) {
            LOG.debug("Was told of a new head after the end", e);
        }
    }

    private void look() {
        try {
            for (MergeConflict conflict : replica.conflicts()) {
                if (conflict.path().isBelow("objects/" + TokenFile.KIND) && told.add(conflict)) {
                    tell(conflict);
                }
            }
        } catch (StateException e) {
            LOG.warn("Could not look for tokens that were used twice: cause={}", e.getMessage());
        } catch (RuntimeException e) { // nobody looks at what the executor keeps
            LOG.error("Could not look for tokens that were used twice", e);
        }
    }

    private void tell(MergeConflict conflict) throws StateException {
        String token = StateObjects.name(conflict.path());
        Optional<String> one = user(conflict.won(), token);
        Optional<String> other = user(conflict.lost(), token);
        if (one.isPresent() && other.isPresent() && !one.equals(other)) {
            AUDIT.warn(
                    "A token let two nodes join, which asked parts of the cluster that did not see each other; forget the"
                            + " one that was not meant to: token={}, node={}, other={}",
                    token,
                    name(one.get()),
                    name(other.get()));
        }
    }

    /** Returns the hash of the key of the node that has used a token, as a commit has it. */
    private Optional<String> user(CommitId commit, String token) throws StateException {
        var snapshot = state.at(commit);
        var blob = snapshot.files().get(TokenFile.path(token));
        if (blob == null) {
            return Optional.empty();
        }
        try {
            return TokenFile.read(token, StateObjects.text(snapshot, blob)).usedBy();
        } catch (IllegalArgumentException e) {
            LOG.warn("Cannot tell who has used a token: token={}, cause={}", token, e.getMessage());
            return Optional.empty();
        }
    }

    private String name(String holder) {
        return directory.named().stream()
                .filter(member -> directory.certificates(member).stream()
                        .anyMatch(each -> Fingerprints.of(each.getPublicKey().getEncoded())
                                .equals(holder)))
                .map(Member::name)
                .findFirst()
                .orElse("unknown");
    }
}
