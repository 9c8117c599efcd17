package io.serai.deployer.internal.reconcile;

import io.serai.api.deploy.Verdict.State;
import io.serai.api.state.BlobId;
import io.serai.api.state.Entry;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StatePath;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Says what is not to be applied yet, because it is another node's turn. Called by the reconciler's thread only. */
public interface Pacing {

    /**
     * That content is held back.
     *
     * @param state DEPLOYING if it is to be applied soon, WAITING if something has to happen first
     * @param message what for
     * @param instead what served before this node was started; empty if nothing did, or if it is gone
     */
    record Hold(State state, String message, Optional<BlobId> instead) {}

    /**
     * Returns what of the head is held back, by its path relative to the layer.
     *
     * @param fresh whether content is another one than what this node applies
     */
    Map<StatePath, Hold> held(Snapshot head, BiPredicate<StatePath, Entry> fresh);

    /** Sees to what is held back; returns after how many nanoseconds it wants to be called again. */
    long tend();
}
