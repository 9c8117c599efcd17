package io.serai.deployer.internal.reconcile;

import io.serai.api.state.CommitId;
import io.serai.api.state.StateListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;

/**
 * Passes on that the head has moved. A component of its own, because the repository needs its listeners when it comes up,
 * and the deployer needs the repository.
 */
@Component(service = {StateListener.class, HeadMoves.class})
public final class HeadMoves implements StateListener {
    private final List<Runnable> receivers = new CopyOnWriteArrayList<>();

    /** Has something run whenever the head has moved; it hands over and returns. */
    public void addReceiver(Runnable receiver) {
        receivers.add(receiver);
    }

    /** Undoes {@link #addReceiver}. */
    public void removeReceiver(Runnable receiver) {
        receivers.remove(receiver);
    }

    @Override
    public void headMoved(CommitId before, CommitId after) {
        receivers.forEach(Runnable::run);
    }
}
