package io.serai.deployer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.api.deploy.Verdict.State;
import io.serai.deployer.fixture.MemoryRepository;
import io.serai.deployer.fixture.TestBundle;
import java.io.File;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

public class RestartTest {
    private static final String ORDERS = "deploy/orders.jar";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final MemoryRepository repository = new MemoryRepository();
    private File cache;
    private DeployerRig rig;

    @Before
    public void start() throws Exception {
        cache = folder.newFolder("cache");
        rig = new DeployerRig(cache, repository);
    }

    private void restart() throws BundleException {
        rig.close();
        rig = new DeployerRig(cache, repository);
    }

    @After
    public void stop() throws Exception {
        rig.close();
    }

    private static byte[] orders(String version) {
        return TestBundle.named("orders", version).service("orders.get").jar();
    }

    private List<String> locations() {
        return rig.bundles().stream().map(Bundle::getLocation).toList();
    }

    @Test
    public void servesAgainWithTheBundlesThatTheFrameworkKept() throws Exception {
        rig.verdict(repository.put(ORDERS, orders("1.0.0")), ORDERS);
        long id = rig.bundles().get(0).getBundleId();

        restart();

        rig.verdict(repository.head().commit(), ORDERS);
        assertThat(rig.services.serving("orders.get")).isPresent();
        assertThat(rig.bundles()).extracting(Bundle::getBundleId).containsExactly(id);
    }

    @Test
    public void theVersionThatServedServesAgainWhenTheNewestIsBroken() throws Exception {
        rig.verdict(repository.put(ORDERS, orders("1.0.0")), ORDERS);
        byte[] broken = TestBundle.named("orders", "1.1.0").service("broken").jar();
        rig.verdict(repository.put(ORDERS, broken), ORDERS);

        restart();

        assertThat(rig.verdict(repository.head().commit(), ORDERS).state()).isEqualTo(State.FAILED);
        assertThat(rig.services.serving("orders.get").orElseThrow().getVersion().toString())
                .isEqualTo("1.0.0");
        assertThat(rig.verdictNow(ORDERS).serving()).isPresent();
    }

    @Test
    public void appliesWhatChangedWhileTheNodeWasDown() throws Exception {
        rig.verdict(repository.put(Map.of(ORDERS, orders("1.0.0"), "deploy/gone.jar", orders("0.1.0"))), ORDERS);
        rig.close();
        repository.remove("deploy/gone.jar");
        repository.put(ORDERS, orders("1.1.0"));

        rig = new DeployerRig(cache, repository);

        assertThat(rig.verdict(repository.head().commit(), ORDERS).state()).isEqualTo(State.ACTIVE);
        await().until(() -> locations().size() == 1 && locations().get(0).startsWith("serai:" + ORDERS));
        assertThat(rig.services.serving("orders.get").orElseThrow().getVersion().toString())
                .isEqualTo("1.1.0");
    }

    @Test
    public void theSameOfTwoRivalsServesAfterARestart() throws Exception {
        rig.verdict(
                repository.put(
                        "deploy/z.jar",
                        TestBundle.named("z", "1.0.0").service("s").jar()),
                "deploy/z.jar");
        rig.verdict(
                repository.put(
                        "deploy/a.jar",
                        TestBundle.named("a", "1.0.0").service("s").jar()),
                "deploy/a.jar");

        restart();

        assertThat(rig.verdict(repository.head().commit(), "deploy/z.jar").state())
                .isEqualTo(State.ACTIVE);
        assertThat(rig.verdictNow("deploy/a.jar").state()).isEqualTo(State.FAILED);
    }

    @Test
    public void stoppingTheDeployerAloneTakesItsServicesDownAndStartingItBringsThemBack() {
        rig.verdict(repository.put(ORDERS, orders("1.0.0")), ORDERS);

        rig.deployments.close();

        assertThat(rig.services.count()).isZero();
        assertThat(rig.bundles()).extracting(Bundle::getState).containsExactly(Bundle.RESOLVED);

        rig.startAnotherDeployer();
        assertThat(rig.verdict(repository.head().commit(), ORDERS).state()).isEqualTo(State.ACTIVE);
        assertThat(rig.services.count()).isEqualTo(1);
    }
}
