package io.serai.runtime.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.runtime.ServiceRegistryListener;
import io.serai.api.service.Workload;
import io.serai.runtime.internal.statistics.CallRecorder;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.Test;
import org.osgi.framework.Version;

public class ServiceDirectoryTest {
    private final ServiceDirectory directory = new ServiceDirectory();

    private static ServiceInstance instance(String name, String owner, long bundleId, String symbolicName, int major) {
        ServiceOrigin origin = new ServiceOrigin(owner, bundleId, symbolicName, new Version(major, 0, 0));
        ServiceDescriptor descriptor = new ServiceDescriptor(
                name,
                "",
                List.of(),
                Workload.NETWORK,
                Duration.ofSeconds(1),
                String.class,
                String.class,
                owner,
                bundleId,
                "Echo");
        return new ServiceInstance(descriptor, origin, (input, context) -> input, new CallRecorder(Clock.systemUTC()));
    }

    private static ServiceInstance instance(String name, String owner, long bundleId) {
        return instance(name, owner, bundleId, "bundle." + bundleId, 1);
    }

    private DeploymentException conflict(ServiceInstance coming) {
        return catchThrowableOfType(DeploymentException.class, () -> directory.publish(List.of(coming), List.of()));
    }

    /** Writes down what it is told. */
    private static final class Recorder implements ServiceRegistryListener {
        private final List<String> told = new ArrayList<>();
        private String refused = "";

        @Override
        public void check(Collection<ServiceDescriptor> coming, Collection<ServiceDescriptor> going)
                throws DeploymentException {
            for (ServiceDescriptor service : coming) {
                if (service.owner().equals(refused)) {
                    throw new DeploymentException(Reason.CONFLICT, "no room for " + service.name(), null);
                }
            }
        }

        @Override
        public void changed(Collection<ServiceDescriptor> came, Collection<ServiceDescriptor> went) {
            told.add(text(came) + "/" + text(went));
        }

        private static String text(Collection<ServiceDescriptor> services) {
            return String.join(
                    ",",
                    services.stream().map(s -> s.name() + "@" + s.bundleId()).toList());
        }
    }

    @Test
    public void replacesWhatThePreviousVersionServedInOneStep() throws Exception {
        Recorder listener = new Recorder();
        directory.bindListener(listener);
        ServiceInstance oldA = instance("a", "deploy/x.jar", 1);
        ServiceInstance oldB = instance("b", "deploy/x.jar", 1);
        ServiceInstance newA = instance("a", "deploy/x.jar", 2);

        directory.publish(List.of(oldA, oldB), List.of());
        directory.publish(List.of(newA), List.of(oldA, oldB));
        directory.withdraw(List.of(oldA, oldB));

        assertThat(directory.serving("a")).isSameAs(newA);
        assertThat(directory.find("b")).isEmpty();
        assertThat(listener.told).containsExactly("a@1,b@1/", "a@2/a@1,b@1");
    }

    @Test
    public void refusesANameOfAnotherArtifactAndNamesBoth() throws Exception {
        directory.publish(List.of(instance("a", "deploy/x.jar", 1)), List.of());

        DeploymentException e = conflict(instance("a", "deploy/y.jar", 2));

        assertThat(e.reason()).isEqualTo(Reason.CONFLICT);
        assertThat(e)
                .hasMessage(
                        "Service a of deploy/y.jar cannot serve: deploy/x.jar has a service of that name; rename one"
                                + " of them, or remove deploy/x.jar");
        assertThat(directory.find("a").orElseThrow().owner()).isEqualTo("deploy/x.jar");
    }

    @Test
    public void letsANewerVersionOfTheSameBundleServeUntilItGoes() throws Exception {
        ServiceInstance older = instance("a", "deploy/x-1.jar", 1, "x", 1);
        ServiceInstance newer = instance("a", "deploy/x-2.jar", 2, "x", 2);
        directory.publish(List.of(older), List.of());
        directory.publish(List.of(newer), List.of());
        assertThat(directory.serving("a")).isSameAs(newer);

        assertThat(conflict(instance("a", "deploy/x-1b.jar", 3, "x", 1)))
                .hasMessageContaining("version 2.0.0 of the same bundle, deploy/x-2.jar, serves and is newer");
        directory.withdraw(List.of(newer));
        assertThat(directory.serving("a")).isSameAs(older);
    }

    @Test
    public void changesNothingIfAListenerObjects() throws Exception {
        Recorder listener = new Recorder();
        directory.bindListener(listener);
        ServiceInstance old = instance("a", "deploy/x.jar", 1);
        directory.publish(List.of(old), List.of());
        listener.refused = "deploy/y.jar";

        DeploymentException e = catchThrowableOfType(
                DeploymentException.class,
                () -> directory.publish(List.of(instance("a", "deploy/y.jar", 2)), List.of(old)));

        assertThat(e).hasMessage("no room for a");
        assertThat(directory.serving("a")).isSameAs(old);
        assertThat(listener.told).containsExactly("a@1/");
    }

    @Test
    public void givesANameToWhoClaimedItLaterWhenItBecomesFree() throws Exception {
        ServiceInstance first = instance("a", "bundle:x", 1);
        ServiceInstance second = instance("a", "bundle:y", 2);
        directory.claim(first);

        assertThat(catchThrowableOfType(DeploymentException.class, () -> directory.claim(second)))
                .hasMessageContaining("bundle:x has a service of that name");
        directory.withdraw(List.of(first));

        assertThat(directory.serving("a")).isSameAs(second);
    }

    @Test
    public void triesAgainForAClaimThatAListenerRefused() throws Exception {
        Recorder listener = new Recorder();
        directory.bindListener(listener);
        listener.refused = "bundle:y";
        ServiceInstance other = instance("b", "bundle:x", 1);
        ServiceInstance refused = instance("a", "bundle:y", 2);
        directory.claim(other);
        assertThat(catchThrowableOfType(DeploymentException.class, () -> directory.claim(refused)))
                .hasMessage("no room for a");
        assertThat(directory.find("a")).isEmpty();

        listener.refused = "";
        directory.withdraw(List.of(other));

        assertThat(directory.serving("a")).isSameAs(refused);
    }

    @Test
    public void tellsALateListenerOfAllServices() throws Exception {
        directory.publish(List.of(instance("b", "x", 1), instance("a", "x", 1)), List.of());
        Recorder late = new Recorder();

        directory.bindListener(late);

        assertThat(late.told).containsExactly("a@1,b@1/");
    }

    @Test
    public void survivesAListenerThatFails() throws Exception {
        Recorder second = new Recorder();
        directory.bindListener((came, went) -> {
            throw new IllegalStateException("broken listener");
        });
        directory.bindListener(second);

        directory.publish(List.of(instance("a", "x", 1)), List.of());

        assertThat(second.told).containsExactly("a@1/");
    }
}
