package io.serai.admin.internal.git;

import io.serai.api.security.AuditLog.Event;
import io.serai.api.security.AuditLog.Outcome;
import io.serai.api.security.Subject;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PostReceiveHook;
import org.eclipse.jgit.transport.PreReceiveHook;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.eclipse.jgit.transport.ReceivePack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what was pushed to the state, waits until it has been deployed, and tells the pusher how that went. */
final class PushHook implements PreReceiveHook, PostReceiveHook {
    static final String FETCH_FIRST = "fetch first: the state has changed since";

    private static final Logger LOG = LoggerFactory.getLogger(PushHook.class);
    private static final String PUSH = "push";

    private final GitState state;
    private final Subject subject;
    private final PushLimits limits;
    private final String node;

    PushHook(GitState state, Subject subject, PushLimits limits, String node) {
        this.state = state;
        this.subject = subject;
        this.limits = limits;
        this.node = node;
    }

    @Override
    public void onPreReceive(ReceivePack push, Collection<ReceiveCommand> commands) {
        String main = main(push.getRepository());
        List<ReceiveCommand> good = new ArrayList<>();
        for (ReceiveCommand command : commands) {
            String problem = problem(push, command, main);
            if (problem.isEmpty()) {
                good.add(command);
            } else {
                refuse(command, problem);
            }
        }
        boolean all = good.size() == push.getAllCommands().size();
        if (push.isAtomic() && !all) {
            return; // the rest is refused with them
        }
        good.forEach(command -> advance(push, command));
    }

    /** Returns the branch that is the state. */
    private static String main(Repository repository) {
        try {
            return String.valueOf(repository.getFullBranch());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String problem(ReceivePack push, ReceiveCommand command, String main) {
        if (!command.getRefName().equals(main)) {
            return "the state is " + main + "; nothing else can be pushed to";
        }
        if (command.getType() == ReceiveCommand.Type.DELETE) {
            return "the state cannot be deleted";
        }
        try {
            push.getRevWalk().parseCommit(command.getNewId());
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return "this is not a commit";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return command.getType() == ReceiveCommand.Type.UPDATE_NONFASTFORWARD
                ? "history cannot be rewritten; fetch, and push on top of what is there"
                : "";
    }

    private void advance(ReceivePack push, ReceiveCommand command) {
        CommitId tip = new CommitId(command.getNewId().name());
        try {
            if (!mayChange(push, command, tip)) {
                return;
            }
            CommitId head = state.replica().advance(tip);
            command.setResult(Result.OK);
            record(Outcome.DONE, "from " + command.getOldId().name() + " to " + head.value());
            tell(push, "The head is " + head.shortValue() + " now.");
            CommitId before = new CommitId(command.getOldId().name());
            new PushVerdicts(state, node, limits.patience()).lines(before, head).forEach(line -> tell(push, line));
        } catch (StateException e) {
            explain(push, command, e);
        }
    }

    /** Returns whether the pusher may change each of the files that would differ; tells which not. */
    private boolean mayChange(ReceivePack push, ReceiveCommand command, CommitId tip) throws StateException {
        // what others change meanwhile the tip cannot have, and then it is refused for that
        CommitId head = state.files().head().commit();
        SortedMap<StatePath, String> refusals;
        try {
            refusals = new PathRights(state.access(), subject)
                    .refusals(state.files().diff(head, tip), state.files().at(tip));
        } catch (IllegalArgumentException e) {
            refuse(command, String.valueOf(e.getMessage())); // a path that the state cannot have
            return false;
        }
        if (refusals.isEmpty()) {
            return true;
        }
        if (!head.value().equals(command.getOldId().name())) {
            refuse(command, FETCH_FIRST); // some of them are changes of others
            return false;
        }
        refusals.forEach((path, why) -> tell(push, path + ": " + why));
        refuse(command, refusals.size() + " files were refused, which you may not change");
        return false;
    }

    private void explain(ReceivePack push, ReceiveCommand command, StateException failure) {
        new TreeMap<>(failure.paths()).forEach((path, why) -> tell(push, path + ": " + why));
        switch (failure.reason()) {
            case CONFLICT -> refuse(command, FETCH_FIRST);
            case IO -> {
                LOG.warn("A push could not be taken: user={}, tip={}", subject.name(), command.getNewId(), failure);
                refuse(command, "the node could not write it; its log says why");
            }
            default -> refuse(command, String.valueOf(failure.getMessage()));
        }
    }

    private static void refuse(ReceiveCommand command, String why) {
        command.setResult(Result.REJECTED_OTHER_REASON, printable(why).replace('\n', ' '));
    }

    /** Keeps a record of what was refused, by whomever; JGit tells only of what was not, but always calls. */
    @Override
    public void onPostReceive(ReceivePack push, Collection<ReceiveCommand> taken) {
        for (ReceiveCommand command : push.getAllCommands()) {
            if (command.getResult() != Result.OK) {
                String why = command.getResult() == Result.NOT_ATTEMPTED
                        ? "what was sent is too large, or no whole and well-formed pack"
                        : String.valueOf(command.getMessage());
                record(
                        Outcome.REFUSED,
                        command.getRefName() + " to " + command.getNewId().name() + ": " + why);
            }
        }
    }

    private void record(Outcome outcome, String detail) {
        state.audit().record(Event.of(subject, PUSH, PathRights.STATE, outcome, detail));
    }

    private static void tell(ReceivePack push, String line) {
        push.sendMessage(printable(line));
        try {
            push.getMessageOutputStream().flush();
        } catch (IOException e) {
            LOG.debug("A pusher did not wait for the answer", e);
        }
    }

    /** Takes out what would let a file that is pushed steer the terminal of whoever reads about it. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "?");
    }
}
