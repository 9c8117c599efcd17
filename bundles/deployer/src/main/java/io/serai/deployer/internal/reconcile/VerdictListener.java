package io.serai.deployer.internal.reconcile;

import io.serai.api.deploy.Verdict;
import io.serai.api.state.StatePath;

/** Is told of settled verdicts; must not block. */
public interface VerdictListener {

    /** Takes note of a verdict that is new or has changed. */
    void settled(Verdict verdict);

    /** Takes note that there is nothing to say about a path any more. */
    void gone(StatePath path);
}
