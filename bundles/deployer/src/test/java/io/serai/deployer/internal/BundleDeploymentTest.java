package io.serai.deployer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.api.deploy.Verdict;
import io.serai.api.deploy.Verdict.State;
import io.serai.api.state.CommitId;
import io.serai.deployer.fixture.Activators;
import io.serai.deployer.fixture.MemoryRepository;
import io.serai.deployer.fixture.TestBundle;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

public class BundleDeploymentTest {
    private static final String ORDERS = "deploy/orders.jar";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final MemoryRepository repository = new MemoryRepository();
    private DeployerRig rig;

    @Before
    public void start() throws Exception {
        rig = new DeployerRig(folder.newFolder("cache"), repository, Duration.ofSeconds(1));
    }

    @After
    public void stop() throws Exception {
        rig.close();
    }

    private static byte[] orders(String version) {
        return TestBundle.named("orders", version).service("orders.get").jar();
    }

    private static byte[] library(String version, String packageVersion) {
        return TestBundle.named("library", version)
                .exports("com.acme.library", packageVersion)
                .jar();
    }

    private static byte[] user(String range) {
        return TestBundle.named("user", "1.0.0")
                .service("user")
                .header("Import-Package", "com.acme.library;version=\"" + range + "\"")
                .jar();
    }

    @Test
    public void servesAnArtifactAndRemovesIt() {
        CommitId put = repository.put(ORDERS, orders("1.0.0"));

        Verdict verdict = rig.verdict(put, ORDERS);
        assertThat(verdict.state()).isEqualTo(State.ACTIVE);
        assertThat(verdict.message()).isEqualTo("service orders.get");
        assertThat(verdict.serving()).isEqualTo(verdict.wanted());
        assertThat(rig.services.serving("orders.get")).isPresent();

        assertThat(rig.verdict(repository.remove(ORDERS), ORDERS).state()).isEqualTo(State.REMOVED);
        await().until(() -> rig.bundles().isEmpty());
        assertThat(rig.services.serving("orders.get")).isEmpty();
    }

    @Test
    public void replacesSideBySideWithoutAGap() {
        rig.verdict(repository.put(ORDERS, orders("1.0.0")), ORDERS);

        Verdict verdict = rig.verdict(repository.put(ORDERS, orders("1.1.0")), ORDERS);

        assertThat(verdict.state()).isEqualTo(State.ACTIVE);
        assertThat(version("orders.get")).isEqualTo("1.1.0");
        await().until(() -> rig.bundles().size() == 1);
        assertThat(rig.services.gaps()).isZero();
    }

    @Test
    public void replacesContentOfTheSameVersion() {
        rig.verdict(repository.put(ORDERS, orders("1.0.0")), ORDERS);

        byte[] other = TestBundle.named("orders", "1.0.0")
                .service("orders.get,orders.put")
                .jar();
        Verdict verdict = rig.verdict(repository.put(ORDERS, other), ORDERS);

        assertThat(verdict.message()).isEqualTo("service orders.get, orders.put");
        await().until(() -> rig.bundles().size() == 1);
    }

    @Test
    public void keepsTheOldVersionWhenTheNewOneDoesNotStart() {
        Verdict before = rig.verdict(repository.put(ORDERS, orders("1.0.0")), ORDERS);

        byte[] broken = TestBundle.named("orders", "1.1.0")
                .service("orders.get")
                .activator(Activators.Throwing.class)
                .jar();
        Verdict verdict = rig.verdict(repository.put(ORDERS, broken), ORDERS);

        assertThat(verdict.state()).isEqualTo(State.FAILED);
        assertThat(verdict.message())
                .contains("IllegalStateException: no port is free")
                .contains("goes on serving");
        assertThat(verdict.detail()).contains("Activators$Throwing.start");
        assertThat(verdict.serving()).isEqualTo(before.serving());
        assertThat(verdict.wanted()).isNotEqualTo(before.wanted());
        assertThat(version("orders.get")).isEqualTo("1.0.0");
        await().until(() -> rig.bundles().size() == 1);
    }

    @Test
    public void servesWhatServedWhenFailedContentIsTakenBack() {
        byte[] good = orders("1.0.0");
        rig.verdict(repository.put(ORDERS, good), ORDERS);
        byte[] broken = TestBundle.named("orders", "1.1.0").service("broken").jar();
        assertThat(rig.verdict(repository.put(ORDERS, broken), ORDERS).state()).isEqualTo(State.FAILED);

        Verdict verdict = rig.verdict(repository.put(ORDERS, good), ORDERS);

        assertThat(verdict.state()).isEqualTo(State.ACTIVE);
        assertThat(rig.services.gaps()).isZero();
    }

    @Test
    public void saysWhereAHangingActivatorHangsAndDelaysNobody() {
        byte[] hanging = TestBundle.named("hanging", "1.0.0")
                .activator(Activators.Hanging.class)
                .jar();
        Map<String, byte[]> files = new HashMap<>();
        files.put("deploy/a-hanging.jar", hanging);
        for (int i = 0; i < 10; i++) {
            files.put(
                    "deploy/s" + i + ".jar",
                    TestBundle.named("s" + i, "1.0.0").service("s" + i).jar());
        }
        CommitId commit = repository.put(files);

        await().atMost(Duration.ofMillis(900)).until(() -> rig.services.count() == 10);
        Verdict verdict = rig.verdict(commit, "deploy/a-hanging.jar");
        assertThat(verdict.state()).isEqualTo(State.FAILED);
        assertThat(verdict.message()).contains("did not end within 1 s").contains("Activators$Hanging.start");
        await().until(() -> rig.bundles().size() == 10);
    }

    @Test
    public void waitsForAPackageAndComesUpWhenItAppears() {
        Verdict waiting = rig.verdict(repository.put("deploy/user.jar", user("[1.2,2)")), "deploy/user.jar");

        assertThat(waiting.state()).isEqualTo(State.WAITING);
        assertThat(waiting.message())
                .contains("waits for package com.acme.library [1.2")
                .contains("install a bundle that exports it");
        assertThat(waiting.detail()).contains("com.acme.library");

        repository.put("deploy/library.jar", library("1.0.0", "1.3.0"));
        rig.awaitState("deploy/user.jar", State.ACTIVE);
        assertThat(rig.services.serving("user")).isPresent();
    }

    @Test
    public void saysThroughWhichBundleItWaits() {
        byte[] middle = TestBundle.named("middle", "1.0.0")
                .exports("com.acme.middle", "1.0.0")
                .header("Import-Package", "com.acme.absent")
                .jar();
        byte[] top = TestBundle.named("top", "1.0.0")
                .header("Import-Package", "com.acme.middle")
                .jar();
        CommitId commit = repository.put(Map.of("deploy/middle.jar", middle, "deploy/top.jar", top));

        Verdict verdict = rig.verdict(commit, "deploy/top.jar");

        assertThat(verdict.state()).isEqualTo(State.WAITING);
        assertThat(verdict.message()).contains("bundle middle, which waits for package com.acme.absent");
    }

    @Test
    public void rewiresUsersOfAReplacedLibraryWithoutAGap() {
        CommitId first = repository.put(
                Map.of("deploy/library.jar", library("1.0.0", "1.3.0"), "deploy/user.jar", user("[1.2,2)")));
        rig.verdicts(first, "deploy/library.jar", "deploy/user.jar");
        rig.verdict(repository.put(ORDERS, orders("1.0.0")), ORDERS);
        Bundle untouched = rig.services.serving("orders.get").orElseThrow();

        rig.verdict(repository.put("deploy/library.jar", library("1.0.1", "1.3.0")), "deploy/library.jar");

        await().until(() -> libraryVersionOfUser().equals(new Version("1.0.1")));
        await().until(() -> rig.bundles().size() == 3);
        assertThat(rig.services.gaps()).isZero();
        assertThat(rig.services.serving("orders.get")).contains(untouched);
        assertThat(rig.verdictNow("deploy/user.jar").state()).isEqualTo(State.ACTIVE);
    }

    @Test
    public void usersOfARemovedLibraryServeOnAndSayThatTheyWait() {
        CommitId first = repository.put(
                Map.of("deploy/library.jar", library("1.0.0", "1.3.0"), "deploy/user.jar", user("[1.2,2)")));
        rig.verdicts(first, "deploy/library.jar", "deploy/user.jar");

        repository.remove("deploy/library.jar");

        rig.awaitState("deploy/user.jar", State.WAITING);
        assertThat(rig.verdictNow("deploy/user.jar").serving()).isPresent();
        assertThat(rig.services.serving("user")).isPresent();

        repository.put("deploy/library.jar", library("1.0.0", "1.5.0"));
        rig.awaitState("deploy/user.jar", State.ACTIVE);
        assertThat(rig.services.gaps()).isZero();
    }

    @Test
    public void theFirstOfTwoArtifactsWithOneServiceServes() {
        rig.verdict(
                repository.put(
                        "deploy/z.jar",
                        TestBundle.named("z", "1.0.0").service("s").jar()),
                "deploy/z.jar");

        byte[] second = TestBundle.named("a", "1.0.0").service("s").jar();
        Verdict verdict = rig.verdict(repository.put("deploy/a.jar", second), "deploy/a.jar");

        assertThat(verdict.state()).isEqualTo(State.FAILED);
        assertThat(verdict.message()).contains("Service s is taken");
        repository.remove("deploy/z.jar");
        rig.awaitState("deploy/a.jar", State.ACTIVE);
    }

    @Test
    public void aNewerVersionOfTheSameBundleTakesOverFromAnotherArtifact() {
        CommitId both = repository.put(
                Map.of("deploy/orders-1.1.jar", orders("1.1.0"), "deploy/orders-1.0.jar", orders("1.0.0")));

        assertThat(rig.verdict(both, "deploy/orders-1.1.jar").state()).isEqualTo(State.ACTIVE);
        assertThat(version("orders.get")).isEqualTo("1.1.0");
        Verdict older = rig.verdictNow("deploy/orders-1.0.jar");
        assertThat(older.state()).isEqualTo(State.WAITING);
        assertThat(older.message()).contains("deploy/orders-1.1.jar").contains("newer version 1.1.0");

        repository.remove("deploy/orders-1.1.jar");
        rig.awaitState("deploy/orders-1.0.jar", State.ACTIVE);
        assertThat(version("orders.get")).isEqualTo("1.0.0");
    }

    @Test
    public void anOlderVersionOfTheSameBundleStandsBack() {
        rig.verdict(repository.put("deploy/orders-1.1.jar", orders("1.1.0")), "deploy/orders-1.1.jar");

        Verdict older = rig.verdict(repository.put("deploy/orders-1.0.jar", orders("1.0.0")), "deploy/orders-1.0.jar");

        assertThat(older.state()).isEqualTo(State.WAITING);
        assertThat(version("orders.get")).isEqualTo("1.1.0");
    }

    @Test
    public void aSingletonTakesThePlaceOfItsOldVersion() {
        rig.verdict(repository.put(ORDERS, singleton("1.0.0").jar()), ORDERS);

        Verdict verdict = rig.verdict(repository.put(ORDERS, singleton("1.1.0").jar()), ORDERS);

        assertThat(verdict.state()).isEqualTo(State.ACTIVE);
        assertThat(version("orders.get")).isEqualTo("1.1.0");
    }

    @Test
    public void theOldVersionOfASingletonComesBackWhenTheNewOneDoesNotStart() {
        Verdict before = rig.verdict(repository.put(ORDERS, singleton("1.0.0").jar()), ORDERS);

        byte[] broken = singleton("1.1.0").activator(Activators.Throwing.class).jar();
        assertThat(rig.verdict(repository.put(ORDERS, broken), ORDERS).state()).isEqualTo(State.FAILED);

        await().until(() -> rig.services.serving("orders.get").isPresent());
        assertThat(version("orders.get")).isEqualTo("1.0.0");
        await().until(() -> rig.verdictNow(ORDERS).serving().equals(before.serving()));
    }

    @Test
    public void theOldVersionOfASingletonServesWhileTheNewOneWaits() {
        rig.verdict(repository.put(ORDERS, singleton("1.0.0").jar()), ORDERS);

        byte[] waiting =
                singleton("1.1.0").header("Import-Package", "com.acme.absent").jar();
        assertThat(rig.verdict(repository.put(ORDERS, waiting), ORDERS).state()).isEqualTo(State.WAITING);

        assertThat(version("orders.get")).isEqualTo("1.0.0");
        assertThat(rig.services.gaps()).isZero();
    }

    private static TestBundle singleton(String version) {
        return TestBundle.named("orders;singleton:=true", version).service("orders.get");
    }

    @Test
    public void deploysAgainWhatSomebodyStopped() throws Exception {
        rig.verdict(repository.put(ORDERS, orders("1.0.0")), ORDERS);
        Bundle bundle = rig.services.serving("orders.get").orElseThrow();

        bundle.stop();

        await().until(() -> rig.services
                .serving("orders.get")
                .filter(now -> now != bundle && now.getState() == Bundle.ACTIVE)
                .isPresent());
        await().until(() -> rig.bundles().size() == 1);
    }

    @Test
    public void anExtensionThatComesLateFindsWhatServes() {
        rig.deployments.remove(rig.services);
        assertThat(rig.verdict(repository.put(ORDERS, orders("1.0.0")), ORDERS).message())
                .isEqualTo("bundle orders 1.0.0");

        rig.deployments.add(rig.services);

        await().until(() -> rig.services.serving("orders.get").isPresent());
        await().until(() -> rig.verdictNow(ORDERS).message().equals("service orders.get"));
    }

    @Test
    public void saysWhatIsTakenWhenNothingTakesAFile() {
        CommitId commit = repository.put("deploy/notes.txt", "hello");

        await().until(() ->
                rig.deployments.reconciler().applied().filter(commit::equals).isPresent());

        assertThat(rig.verdictNow("deploy/notes.txt").state()).isIn(State.DEPLOYING, State.FAILED);
    }

    private String version(String service) {
        return rig.services.serving(service).orElseThrow().getVersion().toString();
    }

    private Version libraryVersionOfUser() {
        BundleWiring wiring = rig.services.serving("user").orElseThrow().adapt(BundleWiring.class);
        return wiring == null
                ? Version.emptyVersion
                : wiring.getRequiredWires("osgi.wiring.package").stream()
                        .map(BundleWire::getProvider)
                        .map(provider -> provider.getBundle().getVersion())
                        .findFirst()
                        .orElse(Version.emptyVersion);
    }
}
