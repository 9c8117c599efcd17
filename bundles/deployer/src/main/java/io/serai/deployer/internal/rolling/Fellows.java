package io.serai.deployer.internal.rolling;

import io.serai.api.deploy.Verdict;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The other nodes in reach, as far as a rolling change concerns them. Thread-safe; never blocks. */
public interface Fellows {

    /** Returns the name of this node. */
    String self();

    /**
     * Asks how contents stand on each of the others.
     *
     * @param timeout after which an answer that has not come fails
     * @return by name of the node, the verdicts on those contents that it is to run: DEPLOYING also for what has not come to
     *     it yet
     */
    Map<String, CompletableFuture<List<Verdict>>> ask(Collection<RollingContent> contents, Duration timeout);
}
