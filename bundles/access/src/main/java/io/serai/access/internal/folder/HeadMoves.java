package io.serai.access.internal.folder;

import io.serai.api.state.CommitId;
import io.serai.api.state.StateListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Passes on that the head has moved. A component of its own, because the repository needs its listeners when it comes up,
 * and those who read objects need the repository.
 */
@Component(service = {StateListener.class, HeadMoves.class})
public final class HeadMoves implements StateListener {
    private final List<Runnable> receivers = new CopyOnWriteArrayList<>();

    /** Makes one that tells nobody yet. */
    @Activate
    public HeadMoves() {}

    /** Tells somebody from now on, who hands over and returns. */
    public void add(Runnable receiver) {
        receivers.add(receiver);
    }

    /** Tells somebody no more. */
    public void remove(Runnable receiver) {
        receivers.remove(receiver);
    }

    @Override
    public void headMoved(CommitId before, CommitId after) {
        receivers.forEach(Runnable::run);
    }
}
