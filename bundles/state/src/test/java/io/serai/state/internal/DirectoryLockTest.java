package io.serai.state.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import java.time.Clock;
import org.junit.Rule;
import org.junit.Test;

public class DirectoryLockTest {
    @Rule
    public final RepositoryFixture fixture = new RepositoryFixture();

    @Test
    public void refusesSecondProcessByNameUntilTheFirstIsDead() throws Exception {
        fixture.close();
        try (ChildJvm child = ChildJvm.start("hold", fixture.directory())) {
            assertThat(child.line()).isEqualTo("open");

            assertThatExceptionOfType(StateException.class)
                    .isThrownBy(fixture::open)
                    .withMessageContainingAll(
                            fixture.directory().toString(), "process " + child.pid() + " since", "stop that process")
                    .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.IO));
            child.kill();
        }

        fixture.open();
        fixture.put("deploy/a.txt", "one");
        assertThat(fixture.files()).hasSize(1);
    }

    @Test
    public void refusesToOpenTwiceInOneProcess() throws StateException {
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() ->
                        new GitStateRepository(RepositoryFixture.settings(fixture.directory()), Clock.systemUTC(), 10))
                .withMessageContaining("process " + ProcessHandle.current().pid());

        fixture.put("deploy/a.txt", "one");
        assertThat(fixture.files()).hasSize(1);
    }
}
