package io.serai.deployer.internal.build;

import io.serai.api.service.Service;
import io.serai.api.state.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.framework.FrameworkFactory;
import org.jspecify.annotations.Nullable;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;

/** A real framework in which the API is installed. */
final class EmbeddedFramework extends ExternalResource {
    private static final String SYSTEM_PACKAGES =
            "org.slf4j;version=2.0.17,org.jspecify.annotations;version=1.0.0,org.osgi.service.component.annotations;version=1.5.1";

    private final TemporaryFolder cache = new TemporaryFolder();
    private final AtomicInteger locations = new AtomicInteger();
    private @Nullable Framework framework;

    @Override
    protected void before() throws IOException, BundleException {
        cache.create();
        Framework made = new FrameworkFactory()
                .newFramework(Map.of(
                        "org.osgi.framework.storage",
                        cache.getRoot().getPath(),
                        "org.osgi.framework.bsnversion",
                        "multiple",
                        "org.osgi.framework.system.packages.extra",
                        SYSTEM_PACKAGES));
        made.start();
        framework = made;
        String api = Service.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();
        context().installBundle("reference:" + api).start();
    }

    @Override
    protected void after() {
        try {
            running().stop();
            running().waitForStop(5_000);
        } catch (BundleException | InterruptedException e) {
            throw new IllegalStateException("The embedded framework did not stop", e);
        } finally {
            cache.delete();
        }
    }

    BundleContext context() {
        return running().getBundleContext();
    }

    private Framework running() {
        return Objects.requireNonNull(framework, "the framework is not started");
    }

    /** Installs a bundle under a location of its own. */
    Bundle install(Content jar) throws BundleException, IOException {
        try (InputStream in = jar.open()) {
            return context().installBundle("test:" + locations.incrementAndGet(), in);
        }
    }
}
