package io.serai.deployer.internal.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Test;

public class CrewTest {
    private final List<Job> ended = new CopyOnWriteArrayList<>();
    private final AtomicInteger undone = new AtomicInteger();
    private final Crew crew = new Crew(System::nanoTime, ended::add);

    @After
    public void close() {
        crew.close();
    }

    private interface Work {
        void run() throws DeploymentException, InterruptedException;
    }

    private Job job(Work work, Duration limit) {
        return new Job(
                new Task() {
                    @Override
                    public void run() throws DeploymentException {
                        try {
                            work.run();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }

                    @Override
                    public void undo() {
                        undone.incrementAndGet();
                    }

                    @Override
                    public void finished(Job job) {}

                    @Override
                    public String subject() {
                        return "start of a.jar";
                    }
                },
                limit);
    }

    private static DeploymentException failure() {
        return new DeploymentException(Reason.INVALID, "no", null);
    }

    @Test
    public void runsJobsInOrderAndKeepsTheirFailures() throws Exception {
        List<Integer> order = new CopyOnWriteArrayList<>();
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            jobs.add(job(() -> order.add(number), Duration.ZERO));
        }
        jobs.add(job(
                () -> {
                    throw failure();
                },
                Duration.ZERO));

        List<Job> done = crew.run(jobs, 1);

        assertThat(done).isEqualTo(jobs);
        assertThat(order).isSorted().hasSize(50);
        assertThat(done.get(50).failure().orElseThrow().reason()).isEqualTo(Reason.INVALID);
        assertThat(ended).isEmpty();
    }

    @Test
    public void passesWhatThrowsOnAsAFailure() throws Exception {
        Job job = job(
                () -> {
                    throw new IllegalStateException("outer", new NullPointerException("inner"));
                },
                Duration.ZERO);

        crew.run(List.of(job), 1);

        DeploymentException failure = job.failure().orElseThrow();
        assertThat(failure).hasMessage("Start of a.jar failed: NullPointerException: inner.");
        assertThat(failure.detail()).contains("CrewTest");
    }

    @Test
    public void aJobThatTakesLongDelaysNobodyAndIsReportedWhenItEnds() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        List<Job> jobs = new ArrayList<>();
        jobs.add(job(release::await, Duration.ZERO));
        AtomicInteger count = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            jobs.add(job(count::incrementAndGet, Duration.ZERO));
        }

        List<Job> done = crew.run(jobs, 1);

        assertThat(count).hasValue(10);
        assertThat(done).hasSize(10);
        release.countDown();
        await().until(() -> ended.size() == 1);
        assertThat(ended.get(0).failure()).isEmpty();
    }

    @Test
    public void aJobOverItsLimitIsInterruptedGivenUpAndUndone() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Job hanging = job(never::await, Duration.ofMillis(400));
        crew.start(List.of(hanging), 1);

        await().until(() -> {
            crew.tend();
            return ended.contains(hanging);
        });

        assertThat(hanging.givenUp()).isTrue();
        assertThat(hanging.failure().orElseThrow())
                .hasMessageContaining("did not end within 400 ms")
                .hasMessageContaining("CrewTest");
        await().until(() -> undone.get() == 1);
        assertThat(ended).hasSize(1);
    }
}
