package io.serai.shell.internal.object;

import io.serai.api.state.CommitId;
import io.serai.api.state.StateListener;
import io.serai.api.state.StateRepository;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lets commands wait for the next head. */
@Component(service = {Heads.class, StateListener.class})
public class Heads implements StateListener {
    // A command looks so often whether anybody still reads what it prints.
    private static final long PATIENCE_MILLIS = 1_000;

    private final StateRepository state;
    private volatile CountDownLatch moved = new CountDownLatch(1);

    /**
     * A head, and where it came from.
     *
     * @param before the head that was seen before
     * @param commit the head
     */
    record Step(CommitId before, CommitId commit) {}

    /** Watches a state. */
    @Activate
    public Heads(@Reference StateRepository state) {
        this.state = state;
    }

    @Override
    public void headMoved(CommitId before, CommitId after) {
        CountDownLatch told = moved; // the repository makes one call at a time
        moved = new CountDownLatch(1);
        told.countDown();
    }

    Step current() {
        CommitId head = state.head().commit();
        return new Step(head, head);
    }

    /** Waits a moment for another head than one that was seen; returns that one again if there is none. */
    Step awaitOther(Step seen) throws InterruptedException {
        CountDownLatch next = moved;
        CommitId head = state.head().commit();
        if (head.equals(seen.commit()) && next.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
            head = state.head().commit();
        }
        return new Step(seen.commit(), head);
    }
}
