package io.serai.state.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.Rule;
import org.junit.Test;

public class HeadNotifierTest {
    @Rule
    public final RepositoryFixture fixture = new RepositoryFixture();

    @Test
    public void tellsEachListenerOfEachMoveInOrderWithTheHeadInPlace() throws StateException {
        List<CommitId> told = new CopyOnWriteArrayList<>();
        CommitId start = fixture.repository().head().commit();
        fixture.repository().listeners = List.of(
                (before, after) -> {
                    throw new IllegalStateException("one faulty listener");
                },
                (before, after) -> {
                    told.add(before);
                    told.add(after);
                });

        List<CommitId> expected = new ArrayList<>();
        CommitId before = start;
        for (int i = 0; i < 5; i++) {
            CommitId after = fixture.put("deploy/a.txt", "text " + i);
            expected.addAll(List.of(before, after));
            before = after;
        }
        fixture.put("deploy/a.txt", "text 4");

        await().untilAsserted(() -> assertThat(told).isEqualTo(expected));
    }

    @Test
    public void listenerMayCommitWithoutWaitingForItself() throws StateException {
        fixture.repository().listeners = List.of((before, after) -> {
            try {
                fixture.put("deploy/answer.txt", "answer");
            } catch (StateException e) {
                throw new IllegalStateException(e);
            }
        });

        fixture.put("deploy/question.txt", "question");

        await().untilAsserted(() -> assertThat(fixture.files()).hasSize(2));
    }
}
