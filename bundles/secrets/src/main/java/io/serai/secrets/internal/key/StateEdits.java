package io.serai.secrets.internal.key;

import io.serai.api.state.Change;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StateRepository;

/** Changes the state relative to what it is, and again if somebody else has changed the same files meanwhile. */
public final class StateEdits {
    private static final int ATTEMPTS = 10;

    private StateEdits() {}

    /** Makes the change that a head calls for. */
    public interface Edit {
        /**
         * Returns what to change, based on the head.
         *
         * @throws StateException if it cannot be changed any more
         */
        Change of(Snapshot head) throws StateException;
    }

    /**
     * Makes a change.
     *
     * @throws StateException if the state cannot be changed, or what the edit throws
     */
    public static void commit(StateRepository state, Edit edit) throws StateException {
        for (int attempt = 1; ; attempt++) {
            Change change = edit.of(state.head()); // refuses for a reason of its own if it has been overtaken
            try {
                state.commit(change);
                return;
            } catch (StateException e) {
                if (e.reason() != Reason.CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
