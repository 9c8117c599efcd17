package io.serai.camel.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.serai.api.deploy.BundleExtension;
import io.serai.api.deploy.BundleExtension.Activation;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import java.io.InputStream;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.RoutePolicySupport;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Component;

public class RouteBundleExtensionTest {
    @ClassRule
    public static final CamelNode NODE = new CamelNode();

    private static final String OWNER = "deploy/orders.jar";

    private final List<Bundle> bundles = new ArrayList<>();
    private final List<Activation> activations = new ArrayList<>();

    /** A builder among the classes of a bundle. */
    public static final class Old extends RouteBuilder {
        @Override
        public void configure() {
            from("serai:orders").setBody(constant("old"));
        }
    }

    /** Its next version, which uses a class of its bundle. */
    public static final class New extends RouteBuilder {
        @Override
        public void configure() {
            from("serai:orders").to("class:" + Answer.class.getName());
        }
    }

    /** A class that routes name. */
    public static final class Answer {
        public String answer() {
            return "new";
        }
    }

    /** Not a class to be made: it has no constructor without parameters. */
    public static final class Parametrized extends RouteBuilder {
        private final String uri;

        public Parametrized(String uri) {
            this.uri = uri;
        }

        @Override
        public void configure() {
            from(uri).setBody(constant("late"));
        }
    }

    /** A builder that cannot be made. */
    public static final class Throwing extends RouteBuilder {
        public Throwing() {
            throw new IllegalStateException("no licence");
        }

        @Override
        public void configure() {
            from("serai:never").log("x");
        }
    }

    /** A builder whose route hangs when it starts. */
    public static final class Hanging extends RouteBuilder {
        @Override
        public void configure() {
            from("timer:hanging")
                    .routePolicy(new RoutePolicySupport() {
                        @Override
                        public void onStart(Route route) {
                            try {
                                wait(this);
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        }

                        private void wait(Object lock) throws InterruptedException {
                            synchronized (lock) {
                                while (true) {
                                    lock.wait();
                                }
                            }
                        }
                    })
                    .log("x");
        }
    }

    /** A builder whose route listens on a port that somebody has. */
    public static final class Listening extends RouteBuilder {
        @Override
        public void configure() {
            from("timer:listening")
                    .routePolicy(new RoutePolicySupport() {
                        @Override
                        public void onStart(Route route) {
                            throw new RuntimeCamelException(new BindException("Address already in use: 7777"));
                        }
                    })
                    .log("x");
        }
    }

    /** A builder that Declarative Services make. */
    @Component(service = RoutesBuilder.class)
    public static final class Declared extends RouteBuilder {
        @Override
        public void configure() {
            from("serai:declared").setBody(constant("declared"));
        }
    }

    /** Registers a builder, but only when told, as Blueprint does when it has found all it needs. */
    public static final class Late implements BundleActivator {
        @Override
        public void start(BundleContext context) {
            Runnable trigger = () -> {
                context.registerService(RoutesBuilder.class, new Old(), null);
                context.registerService(RoutesBuilder.class, new Parametrized("serai:late"), null);
            };
            context.registerService(Runnable.class, trigger, null);
        }

        @Override
        public void stop(BundleContext context) {}
    }

    @After
    public void clean() throws BundleException {
        activations.forEach(Activation::retire);
        for (Bundle bundle : bundles) {
            if (bundle.getState() != Bundle.UNINSTALLED) {
                bundle.uninstall();
            }
        }
    }

    @Test
    public void runsBuilderClassesAndReplacesThem() throws Exception {
        Activation old = prepare(Old.class, Parametrized.class).orElseThrow();
        assertThat(old.publish(Optional.empty())).isEqualTo("1 route");
        Object before = NODE.runtime().call("orders", Map.of());

        Activation replacement = prepare(New.class, Answer.class).orElseThrow();
        Object prepared = NODE.runtime().call("orders", Map.of());
        replacement.publish(Optional.of(old));
        Object published = NODE.runtime().call("orders", Map.of());
        old.retire();

        assertThat(List.of(before, prepared, published)).isEqualTo(List.of("old", "old", "new"));
        assertThat(NODE.runtime().call("orders", Map.of())).isEqualTo("new");
        assertThat(NODE.runtime().find("orders").orElseThrow().owner()).isEqualTo(OWNER);
    }

    @Test
    public void servesAgainWhenTheSuccessorIsTakenBack() throws Exception {
        Activation old = prepare(Old.class).orElseThrow();
        old.publish(Optional.empty());
        Activation replacement = prepare(New.class, Answer.class).orElseThrow();
        replacement.publish(Optional.of(old));

        old.publish(Optional.of(replacement));
        replacement.retire();

        assertThat(NODE.runtime().call("orders", Map.of())).isEqualTo("old");
    }

    @Test
    public void undeploysWithTheBundle() throws Exception {
        Activation activation = prepare(Old.class).orElseThrow();
        activation.publish(Optional.empty());

        activation.retire();

        assertThatThrownBy(() -> NODE.runtime().call("orders", Map.of())).hasMessageContaining("No service orders");
    }

    @Test
    public void leavesOtherBundlesAlone() throws Exception {
        assertThat(prepare(Answer.class)).isEmpty();
        assertThat(prepare(Parametrized.class)).isEmpty();
    }

    @Test
    public void tellsWhyABuilderCannotBeMade() {
        DeploymentException failure = catchThrowableOfType(DeploymentException.class, () -> prepare(Throwing.class));

        assertThat(failure.reason()).isEqualTo(Reason.START_FAILED);
        assertThat(failure).hasMessageContaining(Throwing.class.getName()).hasMessageContaining("no licence");
    }

    @Test
    public void keepsServingWhenTheNewVersionHangsUntilInterrupted() throws Exception {
        Activation old = prepare(Old.class).orElseThrow();
        old.publish(Optional.empty());
        Activation hanging = prepare(Hanging.class).orElseThrow();
        Thread deployer = Thread.currentThread();
        var interrupter = CompletableFuture.runAsync(() -> {
            await().until(() -> deployer.getState() == Thread.State.WAITING);
            deployer.interrupt();
        });

        DeploymentException failure =
                catchThrowableOfType(DeploymentException.class, () -> hanging.publish(Optional.of(old)));
        interrupter.join();

        assertThat(failure.reason()).isEqualTo(Reason.START_FAILED);
        assertThat(failure).hasMessageContaining("within the time");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(NODE.runtime().call("orders", Map.of())).isEqualTo("old");
    }

    @Test
    public void saysThatAPortIsInUse() throws Exception {
        Activation listening = prepare(Listening.class).orElseThrow();

        DeploymentException failure =
                catchThrowableOfType(DeploymentException.class, () -> listening.publish(Optional.empty()));

        assertThat(failure.reason()).isEqualTo(Reason.CONFLICT);
        assertThat(failure).hasMessageContainingAll("Address already in use: 7777", "another port");
    }

    @Test
    public void startsRoutesWhenABundleIsGoneThatUsedCamelAndThatAnotherStillUses() throws Exception {
        Bundle gone = install(TestBundle.of("gone", New.class, Answer.class));
        install(TestBundle.requiring("user", "gone"));
        gone.uninstall();

        Activation activation = prepare(Old.class).orElseThrow();
        activation.publish(Optional.empty());

        assertThat(NODE.runtime().call("orders", Map.of())).isEqualTo("old");
    }

    @Test
    public void runsBuildersOfDeclarativeServicesOnce() throws Exception {
        Activation activation = prepare(Declared.class).orElseThrow();

        assertThat(activation.publish(Optional.empty())).isEqualTo("1 route");
        assertThat(NODE.runtime().call("declared", Map.of())).isEqualTo("declared");
    }

    @Test
    public void addsBuildersThatBecomeServicesLater() throws Exception {
        Bundle bundle =
                install(TestBundle.withActivator("late", Late.class, Old.class, Late.class, Parametrized.class));
        Activation activation = track(extension().prepare(bundle, OWNER)).orElseThrow();
        activation.publish(Optional.empty());

        BundleContext context = bundle.getBundleContext();
        context.getService(context.getServiceReference(Runnable.class)).run();

        await().until(() -> NODE.runtime().find("late").isPresent());
        assertThat(NODE.runtime().call("late", Map.of())).isEqualTo("late");
        assertThat(NODE.runtime().call("orders", Map.of())).isEqualTo("old");
    }

    private Optional<Activation> prepare(Class<?>... classes) throws Exception {
        return track(extension().prepare(install(TestBundle.of("orders" + bundles.size(), classes)), OWNER));
    }

    private Optional<Activation> track(Optional<Activation> activation) {
        activation.ifPresent(activations::add);
        return activation;
    }

    private Bundle install(InputStream jar) throws BundleException {
        Bundle bundle =
                NODE.bundles().installBundle(BundleExtension.LOCATION_SCHEME + OWNER + "?" + bundles.size(), jar);
        bundles.add(bundle);
        bundle.start();
        return bundle;
    }

    private static BundleExtension extension() {
        return NODE.service(BundleExtension.class);
    }
}
