package io.serai.deployer.internal.rolling;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.state.CommitId;
import io.serai.api.state.Entry;
import io.serai.api.state.Pace;
import io.serai.api.state.StatePath;
import io.serai.deployer.fixture.MemoryRepository;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;

public class RollingChangesTest {
    private static final String PATH = "deploy/orders.jar";
    private static final String OTHER = "deploy/people.jar";

    private final MemoryRepository repository = new MemoryRepository();
    private final RollingChanges changes = new RollingChanges(repository);

    private CommitId roll(String path, String text) {
        return repository.put(Map.of(path, text.getBytes(StandardCharsets.UTF_8)), Pace.ROLLING);
    }

    private Optional<CommitId> find(RollingChanges in, String path) {
        in.read(repository.head());
        Entry entry = repository.head().effective().get(new StatePath(path));
        return in.find(Objects.requireNonNull(entry));
    }

    private Optional<CommitId> find(String path) {
        return find(changes, path);
    }

    @Test
    public void lastChangeOfFileCounts() {
        repository.put(PATH, "one");
        repository.put(OTHER, "one");
        assertThat(find(PATH)).isEmpty();

        CommitId two = roll(PATH, "two");
        repository.put(OTHER, "two");
        assertThat(find(PATH)).contains(two);
        assertThat(find(OTHER)).isEmpty();

        repository.put(PATH, "three");
        repository.put(PATH, "two");
        assertThat(find(PATH)).isEmpty();
    }

    @Test
    public void changeThatComesBackAfterRemovalIsAnotherOne() {
        roll(PATH, "one");
        assertThat(find(PATH)).isPresent();
        repository.remove(PATH);
        repository.put(PATH, "one");

        assertThat(find(PATH)).isEmpty();
    }

    @Test
    public void isFoundByNodeThatHasJustStarted() {
        CommitId one = roll(PATH, "one");
        repository.put(OTHER, "one");

        assertThat(find(new RollingChanges(repository), PATH)).contains(one);
        assertThat(find(new RollingChanges(repository), OTHER)).isEmpty();
    }

    @Test
    public void whatIsForgottenStaysSoUntilItChanges() {
        roll(PATH, "one");
        assertThat(find(PATH)).isPresent();
        changes.keepOnly(Set.of());
        repository.put(OTHER, "one");
        assertThat(find(PATH)).isEmpty();

        CommitId two = roll(PATH, "two");
        assertThat(find(PATH)).contains(two);
    }
}
