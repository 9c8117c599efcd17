package io.serai.admin.internal.git;

import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.eclipse.jgit.transport.ReceivePack;

/** Takes the objects of a push in, whole and well-formed, and leaves all else to the state: it never moves a reference. */
final class StatePush extends ReceivePack {
    private static final int MAX_COMMAND_BYTES = 64 * 1024;

    StatePush(Repository repository, PushLimits limits, PushHook hook) {
        super(repository);
        // what is not allowed is refused by the hook, which says why and keeps a record
        setAllowDeletes(true);
        setAllowNonFastForwards(true);
        setObjectChecker(new ObjectChecker());
        setMaxObjectSizeLimit(limits.objectBytes());
        setMaxPackSizeLimit(limits.packBytes());
        setMaxCommandBytes(MAX_COMMAND_BYTES);
        setMaxCommandDiscardBytes(MAX_COMMAND_BYTES);
        setPreReceiveHook(hook);
        setPostReceiveHook(hook);
        // JGit would collect garbage after a push; the state does so itself, and knows what must stay
        repository.getConfig().setBoolean("receive", null, "autogc", false);
    }

    @Override
    protected void executeCommands() {
        for (ReceiveCommand command : getAllCommands()) {
            if (command.getResult() == Result.NOT_ATTEMPTED) {
                command.setResult(Result.REJECTED_OTHER_REASON, "not taken by the state");
            } else if (isOutdated(command)) {
                command.setResult(Result.REJECTED_OTHER_REASON, PushHook.FETCH_FIRST);
            }
        }
    }

    /** Returns whether a command was refused because others have pushed since its client looked. */
    private static boolean isOutdated(ReceiveCommand command) {
        return command.getResult() == Result.REJECTED_OTHER_REASON
                && command.getRef() != null
                && !command.getOldId().equals(command.getRef().getObjectId());
    }
}
