package io.serai.identity.internal;

import io.serai.api.state.CommitId;
import io.serai.api.state.StateListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;

/**
 * Passes on that the head has moved. A component of its own, because the repository needs its listeners when it comes up,
 * and what is told needs the repository.
 */
@Component(service = {StateListener.class, HeadWatch.class})
public final class HeadWatch implements StateListener {
    private final List<Runnable> receivers = new CopyOnWriteArrayList<>();

    void addReceiver(Runnable receiver) {
        receivers.add(receiver);
    }

    void removeReceiver(Runnable receiver) {
        receivers.remove(receiver);
    }

    @Override
    public void headMoved(CommitId before, CommitId after) {
        receivers.forEach(Runnable::run);
    }
}
