package io.serai.state.internal;

import io.serai.api.state.ChangeValidator;
import io.serai.api.state.ContentValidator;
import io.serai.api.state.StateException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Real repositories for tests of what reads them; stands here to reach a constructor that tests may use. */
public final class TestState {
    private TestState() {}

    /** Opens the repository of a node. */
    public static GitStateRepository open(Path folder, ContentValidator validator, ChangeValidator ofChanges)
            throws StateException {
        GitStateRepository repository = new GitStateRepository(
                StateSettings.of(folder.resolve("state.git").toString(), "node1"),
                Clock.systemUTC(),
                Housekeeping.PACKS);
        repository.validators = List.of(validator);
        repository.changeValidators = List.of(ofChanges);
        return repository;
    }

    /** Closes a repository. */
    public static void close(GitStateRepository repository) {
        repository.close();
    }
}
