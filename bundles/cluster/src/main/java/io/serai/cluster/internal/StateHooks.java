package io.serai.cluster.internal;

import io.serai.api.state.ChangeForwarder;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StateListener;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/**
 * What the state repository calls, passed on to the cluster once that is there. A component of its own, because the
 * repository needs what it calls when it comes up, and the cluster needs the repository.
 */
@Component(service = {StateListener.class, ChangeForwarder.class, StateHooks.class})
public final class StateHooks implements StateListener, ChangeForwarder {
    private volatile @Nullable Link link;

    /** Connects the repository with the others; null to part them. */
    void connect(@Nullable Link open) {
        link = open;
    }

    private Optional<Session> session() {
        Link open = link;
        return open == null ? Optional.empty() : open.session();
    }

    @Override
    public boolean forwards() {
        return session().filter(session -> session.proposals().forwards()).isPresent();
    }

    @Override
    public Optional<CommitId> forward(CommitId proposal) throws StateException {
        Optional<Session> session = session();
        return session.isPresent() ? session.get().proposals().forward(proposal) : Optional.empty();
    }

    @Override
    public void headMoved(CommitId before, CommitId after) {
        Link open = link;
        if (open != null) {
            open.headMoved();
        }
    }
}
