package io.serai.state.internal;

import io.serai.api.state.StateException;
import java.nio.file.Path;
import java.time.Clock;

/** Real repositories for tests of what reads them; stands here to reach a constructor that tests may use. */
public final class TestState {
    private TestState() {}

    /** Opens the repository of a node. */
    public static GitStateRepository open(Path folder) throws StateException {
        return new GitStateRepository(
                StateSettings.of(folder.resolve("state.git").toString(), "node1"),
                Clock.systemUTC(),
                Housekeeping.PACKS);
    }

    /** Closes a repository. */
    public static void close(GitStateRepository repository) {
        repository.close();
    }
}
