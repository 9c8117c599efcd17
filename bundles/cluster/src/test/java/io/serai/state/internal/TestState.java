package io.serai.state.internal;

import io.serai.api.state.ChangeForwarder;
import io.serai.api.state.StateException;
import java.nio.file.Path;
import java.time.Clock;

/** Real repositories for tests of what replicates them; stands here to reach a constructor that tests may use. */
public final class TestState {
    private TestState() {}

    /** Opens the repository of a node. */
    public static GitStateRepository open(Path folder, String node) throws StateException {
        return new GitStateRepository(
                StateSettings.of(folder.resolve(node + ".git").toString(), node),
                Clock.systemUTC(),
                Housekeeping.PACKS);
    }

    /** Connects a repository with what replicates it. */
    public static void connect(GitStateRepository repository, ChangeForwarder forwarder) {
        repository.forwarder = forwarder;
    }

    /** Closes a repository. */
    public static void close(GitStateRepository repository) {
        repository.close();
    }
}
