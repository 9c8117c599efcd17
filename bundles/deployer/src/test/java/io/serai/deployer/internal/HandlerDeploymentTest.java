package io.serai.deployer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.ArtifactHandler;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.deploy.Verdict;
import io.serai.api.deploy.Verdict.State;
import io.serai.api.state.CommitId;
import io.serai.api.state.StatePath;
import io.serai.deployer.fixture.MemoryRepository;
import io.serai.deployer.fixture.TestBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class HandlerDeploymentTest {
    private static final String PATH = "deploy/a.route";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final MemoryRepository repository = new MemoryRepository();
    private final Routes routes = new Routes();
    private DeployerRig rig;

    /** Takes files that say what to do: {@code serve}, {@code hang}, {@code needs <service>}, {@code fail}. */
    private final class Routes implements ArtifactHandler {
        final Map<StatePath, String> applied = new ConcurrentHashMap<>();
        final CountDownLatch release = new CountDownLatch(1);

        @Override
        public String description() {
            return "routes (.route)";
        }

        @Override
        public boolean handles(StatePath path) {
            return path.value().endsWith(".route");
        }

        @Override
        public String apply(Artifact artifact) throws DeploymentException {
            String text = text(artifact);
            if (text.equals("hang")) {
                hang();
            } else if (text.equals("fail")) {
                throw new DeploymentException(
                        Reason.START_FAILED, "Component htpp is unknown; did you mean http?", null);
            } else if (text.startsWith("needs ")
                    && rig.services.serving(text.substring(6)).isEmpty()) {
                throw new DeploymentException(Reason.UNSATISFIED, "It waits for service " + text.substring(6), null);
            }
            applied.put(artifact.path(), text);
            return "1 route";
        }

        private void hang() {
            boolean waiting = true;
            while (waiting) {
                try {
                    release.await();
                    waiting = false;
                } catch (InterruptedException e) {
                    // a handler that ignores interrupts
                }
            }
        }

        private String text(Artifact artifact) throws DeploymentException {
            try {
                return new String(artifact.content().bytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new DeploymentException(Reason.IO, "unreadable", e);
            }
        }

        @Override
        public void remove(StatePath path) {
            applied.remove(path);
        }
    }

    @Before
    public void start() throws Exception {
        rig = new DeployerRig(folder.newFolder("cache"), repository, Duration.ofMillis(500));
        rig.deployments.add(routes);
    }

    @After
    public void stop() throws Exception {
        routes.release.countDown();
        rig.close();
    }

    @Test
    public void appliesReplacesAndRemoves() {
        assertThat(rig.verdict(repository.put(PATH, "serve"), PATH).message()).isEqualTo("1 route");
        rig.verdict(repository.put(PATH, "serve again"), PATH);
        assertThat(routes.applied).containsEntry(new StatePath(PATH), "serve again");

        rig.verdict(repository.remove(PATH), PATH);
        await().until(routes.applied::isEmpty);
    }

    @Test
    public void aBrokenVersionLeavesTheOldOneServing() {
        Verdict good = rig.verdict(repository.put(PATH, "serve"), PATH);

        Verdict broken = rig.verdict(repository.put(PATH, "fail"), PATH);

        assertThat(broken.state()).isEqualTo(State.FAILED);
        assertThat(broken.message()).contains("did you mean http?").contains("goes on serving");
        assertThat(broken.serving()).isEqualTo(good.serving());
    }

    @Test
    public void waitsForAServiceOfAnotherArtifact() {
        assertThat(rig.verdict(repository.put(PATH, "needs orders.get"), PATH).state())
                .isEqualTo(State.WAITING);

        repository.put(
                "deploy/orders.jar",
                TestBundle.named("orders", "1.0.0").service("orders.get").jar());

        rig.awaitState(PATH, State.ACTIVE);
    }

    @Test
    public void aFileThatCameBeforeItsHandlerIsAppliedWhenThatAppears() {
        rig.deployments.remove(routes);
        CommitId commit = repository.put(PATH, "serve");
        await().until(() ->
                rig.deployments.reconciler().applied().filter(commit::equals).isPresent());
        assertThat(routes.applied).isEmpty();

        rig.deployments.add(routes);

        rig.awaitState(PATH, State.ACTIVE);
    }

    @Test
    public void whatAHandlerAppliedIsAppliedAnewByItsSuccessor() {
        rig.verdict(repository.put(PATH, "serve"), PATH);
        rig.deployments.remove(routes);
        Routes successor = new Routes();
        rig.deployments.add(successor);

        await().until(() -> successor.applied.containsKey(new StatePath(PATH)));
        rig.awaitState(PATH, State.ACTIVE);
    }

    @Test
    public void aHandlerThatHangsIsNotCalledTwiceForOnePath() {
        assertThat(rig.verdict(repository.put(PATH, "hang"), PATH).state()).isEqualTo(State.FAILED);

        Verdict next = rig.verdict(repository.put(PATH, "serve"), PATH);

        assertThat(next.state()).isEqualTo(State.WAITING);
        assertThat(next.message()).contains("still hangs");
        assertThat(routes.applied).isEmpty();
        routes.release.countDown();
        rig.awaitState(PATH, State.ACTIVE);
        assertThat(routes.applied).containsValue("serve");
    }
}
