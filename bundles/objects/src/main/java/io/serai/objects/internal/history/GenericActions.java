package io.serai.objects.internal.history;

import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectKind;
import io.serai.api.object.ObservedKind;
import io.serai.api.security.AccessControl;
import io.serai.api.state.StateRepository;
import java.util.List;

/** The actions that every kind has whose objects are in the state. */
public final class GenericActions {
    private GenericActions() {}

    /** Returns those of a kind. */
    public static List<ObjectAction> of(ObjectKind kind, StateRepository state, AccessControl access) {
        return kind instanceof ObservedKind
                ? List.of()
                : List.of(
                        new HistoryAction(kind, state), new RollbackAction(kind, state, new PastRights(access, state)));
    }
}
