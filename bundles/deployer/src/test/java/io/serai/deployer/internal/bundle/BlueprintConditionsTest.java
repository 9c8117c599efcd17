package io.serai.deployer.internal.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.deployer.fixture.TestBundle;
import io.serai.deployer.fixture.TestFramework;
import java.io.ByteArrayInputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;
import org.osgi.service.blueprint.container.BlueprintEvent;

public class BlueprintConditionsTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final AtomicInteger changes = new AtomicInteger();
    private final BlueprintConditions conditions = new BlueprintConditions(changes::incrementAndGet);
    private TestFramework framework;
    private Bundle bundle;

    @Before
    public void start() throws Exception {
        framework = new TestFramework(folder.newFolder("cache"));
        byte[] jar = TestBundle.named("container", "1.0.0")
                .header("Bundle-Blueprint", "a.xml")
                .jar();
        bundle = framework.context().installBundle("test:container", new ByteArrayInputStream(jar));
    }

    @After
    public void stop() throws Exception {
        framework.close();
    }

    private BlueprintEvent event(int type) {
        return new BlueprintEvent(type, bundle, bundle);
    }

    @Test
    public void aBundleWithoutBlueprintHasNothingToWaitFor() throws Exception {
        assertThat(conditions.check(framework.context().getBundle())).isFalse();
    }

    @Test
    public void waitsUntilTheContainerIsCreated() throws Exception {
        conditions.blueprintEvent(event(BlueprintEvent.CREATING));
        CompletableFuture<Void> created = CompletableFuture.runAsync(
                () -> conditions.blueprintEvent(event(BlueprintEvent.CREATED)),
                CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));

        conditions.settle(bundle);

        assertThat(conditions.check(bundle)).isTrue();
        created.join();
        assertThat(changes).hasValue(2);
    }

    @Test
    public void namesTheServicesAContainerWaitsFor() {
        conditions.blueprintEvent(new BlueprintEvent(
                BlueprintEvent.GRACE_PERIOD, bundle, bundle, new String[] {"(objectClass=com.acme.Bank)"}));

        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> conditions.check(bundle))
                .withMessageContaining("waits for services: (objectClass=com.acme.Bank)")
                .extracting(DeploymentException::reason)
                .isEqualTo(Reason.UNSATISFIED);
    }

    @Test
    public void aContainerThatGaveUpWaitingIsStartedAnewWhenItsServicesAreThere() throws Exception {
        bundle.start();
        conditions.blueprintEvent(new BlueprintEvent(
                BlueprintEvent.FAILURE, bundle, bundle, new String[] {"(objectClass=java.lang.Runnable)"}));

        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> conditions.check(bundle))
                .withMessageContaining("waits for services: (objectClass=java.lang.Runnable)");
        assertThat(conditions.worthRestart(bundle)).isFalse();
        framework.context().registerService(Runnable.class, () -> {}, null);
        assertThat(conditions.worthRestart(bundle)).isTrue();
    }

    @Test
    public void tellsWhyAContainerWasNotCreated() {
        conditions.blueprintEvent(
                new BlueprintEvent(BlueprintEvent.FAILURE, bundle, bundle, new IllegalStateException("no bean a")));

        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> conditions.check(bundle))
                .withMessageContaining("IllegalStateException: no bean a")
                .extracting(DeploymentException::reason)
                .isEqualTo(Reason.START_FAILED);
    }
}
