package io.serai.deployer.internal.reconcile;

import io.serai.api.deploy.Verdict;
import io.serai.api.state.StatePath;
import java.util.Set;

/** Is told of settled verdicts; must not block. */
public interface VerdictListener {

    /** Takes note of a verdict that is new or has changed. */
    void settled(Verdict verdict);

    /** Takes note that there is nothing to say about a path any more. */
    void gone(StatePath path);

    /** Is told once, when the state has been applied for the first time, of all paths that there are verdicts on. */
    void complete(Set<StatePath> paths);
}
