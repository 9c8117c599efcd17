package io.serai.state.internal;

import io.serai.api.state.ChangeForwarder;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes edits part of the history: has another node append them if one leads, and appends them here otherwise. */
final class Appender {
    private static final Logger LOG = LoggerFactory.getLogger(Appender.class);
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");
    // Each attempt but the first means that somebody else was faster, by the time this node knew of it.
    private static final int ATTEMPTS = 5;

    private final CommitLine line;
    private final History history;
    private final StateSettings settings;
    private final Housekeeping housekeeping;
    private final Supplier<@Nullable ChangeForwarder> forwarder;

    Appender(
            CommitLine line,
            History history,
            StateSettings settings,
            Housekeeping housekeeping,
            Supplier<@Nullable ChangeForwarder> forwarder) {
        this.line = line;
        this.history = history;
        this.settings = settings;
        this.housekeeping = housekeeping;
        this.forwarder = forwarder;
    }

    /**
     * Appends an edit that is admitted, unless it would alter nothing.
     *
     * @param batch where the contents of the edit are that are not in the repository yet
     * @return the head after it
     */
    CommitId append(Edit edit, ObjectBatch batch) throws StateException {
        ChangeForwarder other = forwarder.get();
        if (other != null && other.forwards()) {
            return forward(edit, batch, other);
        }
        return appended(line.append(edit, batch), edit);
    }

    /**
     * Moves the head to a commit that is admitted, and on top of it. A merge is not for others to put on top of theirs.
     *
     * @return the head after it
     */
    CommitId advance(Proposal proposal, ObjectBatch batch) throws StateException {
        ChangeForwarder other = forwarder.get();
        boolean single = proposal.commit().getParentCount() == 1;
        if (single && other != null && other.forwards()) {
            return forward(proposal, batch, other);
        }
        return appended(line.moveTo(proposal, batch), proposal.edit());
    }

    private CommitId forward(Edit edit, ObjectBatch batch, ChangeForwarder other) throws StateException {
        for (int attempt = 1; ; attempt++) {
            Optional<Proposal> proposal = line.propose(edit, batch);
            if (proposal.isEmpty()) {
                return line.head().commit();
            }
            housekeeping.packAdded();
            try {
                return forward(proposal.get(), batch, other);
            } catch (StateException e) {
                boolean moved = !line.head().commit().equals(proposal.get().parent());
                boolean anyBase = edit.base().isEmpty() && e.reason() == Reason.CONFLICT;
                if (!anyBase || !moved || attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.debug("Proposed a change anew that another one was faster than: attempt={}", attempt, e);
            }
        }
    }

    private CommitId forward(Proposal proposal, ObjectBatch batch, ChangeForwarder other) throws StateException {
        Optional<CommitId> answer = other.forward(proposal.id());
        if (answer.isEmpty()) {
            line.accept(proposal, batch);
        }
        CommitId head = answer.orElseGet(() -> line.head().commit());
        Optional<CommitId> commit = history.find(proposal, head);
        commit.ifPresent(id -> audit(proposal.edit(), id));
        return head;
    }

    private CommitId appended(Optional<CommitId> commit, Edit edit) {
        if (commit.isEmpty()) {
            return line.head().commit();
        }
        housekeeping.packAdded();
        audit(edit, commit.get());
        return commit.get();
    }

    private void audit(Edit edit, CommitId commit) {
        AUDIT.info(
                "Changed the state: node={}, author={}, face={}, commit={}, paths={}, message={}",
                settings.node(),
                edit.author().name(),
                edit.author().face(),
                commit,
                Edit.summary(edit.targets().keySet()),
                edit.message().lines().findFirst().orElse(""));
    }
}
