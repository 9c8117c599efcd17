package io.serai.deployer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.deploy.Verdict;
import io.serai.api.deploy.Verdict.State;
import io.serai.deployer.fixture.DsComponent;
import io.serai.deployer.fixture.MemoryRepository;
import io.serai.deployer.fixture.TestBundle;
import io.serai.deployer.fixture.TestFramework;
import io.serai.deployer.internal.bundle.ComponentConditions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.felix.scr.info.ScrInfo;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

public class ComponentWaitTest {
    private static final String PATH = "deploy/component.jar";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final MemoryRepository repository = new MemoryRepository();
    private DeployerRig rig;

    @Before
    public void start() throws Exception {
        TestFramework framework = new TestFramework(folder.newFolder("cache"), ScrInfo.class);
        ServiceReference<ServiceComponentRuntime> reference =
                framework.context().getServiceReference(ServiceComponentRuntime.class);
        Optional<ServiceComponentRuntime> runtime =
                Optional.of(framework.context().getService(reference));
        rig = new DeployerRig(
                framework, repository, Duration.ofSeconds(10), List.of(new ComponentConditions(() -> runtime)));
    }

    @After
    public void stop() throws Exception {
        rig.close();
    }

    private static TestBundle component(String version, Optional<String> needs) {
        return TestBundle.named("component", version).service("component").component(DsComponent.class, needs);
    }

    @Test
    public void aComponentThatIsUpServes() {
        Verdict verdict = rig.verdict(
                repository.put(PATH, component("1.0.0", Optional.empty()).jar()), PATH);

        assertThat(verdict.state()).isEqualTo(State.ACTIVE);
        assertThat(rig.services.serving("component")).isPresent();
    }

    @Test
    public void namesTheServiceAComponentWaitsForAndServesWhenItAppears() {
        rig.verdict(repository.put(PATH, component("1.0.0", Optional.empty()).jar()), PATH);
        byte[] jar =
                component("1.1.0", Optional.of("java.util.concurrent.Callable")).jar();
        Verdict waiting = rig.verdict(repository.put(PATH, jar), PATH);

        assertThat(waiting.state()).isEqualTo(State.WAITING);
        assertThat(waiting.message())
                .contains("waits for service java.util.concurrent.Callable")
                .contains("component test.component")
                .contains("goes on serving");
        assertThat(version()).isEqualTo("1.0.0");

        ServiceRegistration<?> needed = rig.framework.context().registerService(Callable.class, () -> "x", null);
        rig.awaitState(PATH, State.ACTIVE);
        assertThat(version()).isEqualTo("1.1.0");
        assertThat(rig.services.gaps()).isZero();
        needed.unregister();
    }

    @Test
    public void aComponentThatDoesNotActivateFailsWithItsCause() {
        byte[] jar = component("1.0.0", Optional.empty())
                .header("Test-Throws", "yes")
                .jar();
        Verdict verdict = rig.verdict(repository.put(PATH, jar), PATH);

        assertThat(verdict.state()).isEqualTo(State.FAILED);
        assertThat(verdict.message()).contains("IllegalStateException: no database");
    }

    private String version() {
        return rig.services.serving("component").orElseThrow().getVersion().toString();
    }
}
