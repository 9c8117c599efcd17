package io.serai.deployer.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.deploy.DeploymentService;
import io.serai.api.deploy.Verdict;
import io.serai.api.deploy.Verdict.State;
import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.StatePath;
import io.serai.deployer.fixture.MemoryRepository;
import io.serai.deployer.internal.rolling.RollingContent;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.Test;

public class StandingQuestionTest {
    private static final StatePath PATH = new StatePath("deploy/orders.jar");
    private static final BlobId OLD = new BlobId("1".repeat(40));
    private static final BlobId NEW = new BlobId("2".repeat(40));

    private final MemoryRepository repository = new MemoryRepository();
    private final Deployments deployments = new Deployments();
    private final CommitId before = repository.put("deploy/orders.jar", "old");
    private final CommitId commit = repository.put("deploy/orders.jar", "new");

    private static final class Deployments implements DeploymentService {
        final Map<StatePath, Verdict> verdicts = new HashMap<>();
        Optional<CommitId> applied = Optional.empty();

        void set(State state, BlobId wanted) {
            verdicts.put(
                    PATH,
                    new Verdict(PATH, state, "a message", "", Optional.of(wanted), Optional.empty(), Instant.EPOCH));
        }

        @Override
        public List<Verdict> verdicts() {
            return List.copyOf(verdicts.values());
        }

        @Override
        public Optional<Verdict> verdict(StatePath path) {
            return Optional.ofNullable(verdicts.get(path));
        }

        @Override
        public Optional<CommitId> applied() {
            return applied;
        }

        @Override
        public CompletableFuture<List<Verdict>> await(CommitId until, Collection<StatePath> paths) {
            throw new UnsupportedOperationException();
        }
    }

    private List<State> ask() {
        byte[] argument = StandingQuestion.argument(List.of(new RollingContent(PATH, NEW, commit)));
        byte[] answer = new StandingQuestion(deployments, repository).answer(argument);
        return RolloutQuestion.read(answer).stream().map(Verdict::state).toList();
    }

    @Test
    public void changeThatHasNotComeIsStillToBeApplied() {
        assertThat(ask()).containsExactly(State.DEPLOYING);

        deployments.applied = Optional.of(before);
        deployments.set(State.ACTIVE, OLD);
        assertThat(ask()).containsExactly(State.DEPLOYING);
    }

    @Test
    public void tellsTheVerdictOnTheContentThatIsAskedFor() {
        deployments.set(State.FAILED, NEW);
        assertThat(ask()).containsExactly(State.FAILED);

        deployments.applied = Optional.of(commit);
        deployments.set(State.ACTIVE, NEW);
        assertThat(ask()).containsExactly(State.ACTIVE);
    }

    @Test
    public void nodeThatHasTheChangeButIsNotToRunItDoesNotCount() {
        deployments.applied = Optional.of(commit);
        assertThat(ask()).isEmpty();

        deployments.set(State.ACTIVE, OLD);
        assertThat(ask()).isEmpty();
    }
}
