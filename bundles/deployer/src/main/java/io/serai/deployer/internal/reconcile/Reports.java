package io.serai.deployer.internal.reconcile;

import io.serai.api.state.BlobId;
import io.serai.api.state.StatePath;

/** Is told by engines how artifacts stand; called by the reconciler's thread only. */
public interface Reports {

    /**
     * Takes note of how an artifact stands.
     *
     * @param wanted the content the outcome is about; if other content is wanted now, only what serves is noted
     */
    void report(StatePath path, BlobId wanted, Outcome outcome);

    /** Asks for another look at the node for this cause, soon. */
    void notice(Cause cause);
}
