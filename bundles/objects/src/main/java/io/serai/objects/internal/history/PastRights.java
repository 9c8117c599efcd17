package io.serai.objects.internal.history;

import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.security.AccessControl;
import io.serai.api.security.AccessException;
import io.serai.api.security.Subject;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Demands that nobody brings rights back that one has not.
 *
 * @param access says what one has
 * @param state has the past
 */
record PastRights(AccessControl access, StateRepository state) {

    /** Demands it of files that are to be again what they were at a commit. */
    void require(Subject subject, CommitId past, Collection<StatePath> paths) throws StateException, ObjectException {
        Snapshot then = state.at(past);
        Map<StatePath, Optional<Content>> targets = new HashMap<>();
        for (StatePath path : paths) {
            targets.put(path, then.content(path));
        }
        try {
            access.requireHeld(subject, targets);
        } catch (AccessException e) {
            throw new ObjectException(Reason.FORBIDDEN, String.valueOf(e.getMessage()), e);
        }
    }
}
