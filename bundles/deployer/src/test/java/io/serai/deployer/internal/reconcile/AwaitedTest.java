package io.serai.deployer.internal.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.deploy.Verdict;
import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.StatePath;
import io.serai.deployer.fixture.DeafListener;
import io.serai.deployer.fixture.MemoryRepository;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.Test;

public class AwaitedTest {
    private static final StatePath PATH = new StatePath("deploy/orders.jar");
    private static final BlobId OLD = new BlobId("1".repeat(40));
    private static final BlobId NEW = new BlobId("2".repeat(40));

    private final MemoryRepository repository = new MemoryRepository();
    private final VerdictBook book = new VerdictBook(Clock.systemUTC(), new DeafListener());
    private final Awaited awaited = new Awaited(repository, book, Clock.systemUTC());

    @Test
    public void commitThatIsThereCountsOnlyWhenTheHeadHasComeToIt() {
        CommitId before = repository.put("deploy/orders.jar", "old");
        CommitId commit = repository.put("deploy/orders.jar", "new");
        CommitId after = repository.put("deploy/people.jar", "other");
        book.record(PATH, OLD, Outcome.active("old", OLD));
        CompletableFuture<List<Verdict>> answer = new CompletableFuture<>();
        awaited.add(commit, List.of(PATH), answer);

        awaited.passed(before);
        awaited.answer();
        assertThat(answer).isNotDone();

        book.record(PATH, NEW, Outcome.deploying(Optional.of(OLD)));
        awaited.passed(after);
        awaited.answer();
        assertThat(answer).isNotDone();

        book.record(PATH, NEW, Outcome.active("new", NEW));
        awaited.answer();
        assertThat(answer.join()).extracting(Verdict::message).containsExactly("new");
    }
}
