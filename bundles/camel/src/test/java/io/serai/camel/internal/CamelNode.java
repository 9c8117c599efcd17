package io.serai.camel.internal;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.ArtifactHandler;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.felix.cm.impl.ConfigurationManager;
import org.apache.felix.scr.info.ScrInfo;
import org.junit.rules.ExternalResource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.util.function.Function;
import org.osgi.util.promise.Promise;
import org.osgi.util.tracker.ServiceTracker;

/** A real OSGi framework with this bundle and what it imports, in place of a node. */
final class CamelNode extends ExternalResource {
    private static final String SHARED = "io.serai.api.deploy;version=0.1.0,io.serai.api.runtime;version=0.1.0,"
            + "io.serai.api.service;version=0.1.0,io.serai.api.state;version=0.1.0,io.serai.api.text;version=0.1.0,"
            + "org.slf4j;version=2.0.17,org.slf4j.event;version=2.0.17,org.slf4j.spi;version=2.0.17";

    private final FakeRuntime runtime = new FakeRuntime();
    private final Map<Class<?>, ServiceTracker<?, ?>> trackers = new ConcurrentHashMap<>();
    private final Path cache;
    private final Framework framework;

    CamelNode() {
        try {
            cache = Files.createTempDirectory("camel-node");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        cache.toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        SHARED,
                        "felix.log.level",
                        "1"));
    }

    @Override
    protected void before() throws Exception {
        framework.start();
        for (Class<?> inBundle : List.of(
                Function.class,
                Promise.class,
                org.osgi.service.component.ComponentConstants.class,
                ConfigurationManager.class,
                ScrInfo.class,
                com.fasterxml.jackson.annotation.JsonProperty.class,
                com.fasterxml.jackson.core.JsonFactory.class,
                ObjectMapper.class,
                RouteContexts.class)) {
            install("reference:" + codeOf(inBundle));
        }
        runtime.attach(framework.getBundleContext());
    }

    @Override
    protected void after() {
        try {
            framework.stop();
            framework.waitForStop(10_000);
            try (Stream<Path> files = Files.walk(cache)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        } catch (BundleException | IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    BundleContext bundles() {
        return framework.getBundleContext();
    }

    FakeRuntime runtime() {
        return runtime;
    }

    Bundle install(String location) throws BundleException {
        Bundle bundle = bundles().installBundle(location);
        bundle.start();
        return bundle;
    }

    String apply(String path, String content) throws DeploymentException {
        return handler().apply(artifact(path, content));
    }

    void remove(String path) throws DeploymentException {
        handler().remove(new StatePath(path));
    }

    ArtifactHandler handler() {
        return service(ArtifactHandler.class);
    }

    /** Returns a service, and keeps using it: a component that nobody uses is deactivated. */
    <T> T service(Class<T> type) {
        ServiceTracker<?, ?> tracker = trackers.computeIfAbsent(type, wanted -> {
            ServiceTracker<?, ?> opened = new ServiceTracker<>(bundles(), wanted, null);
            opened.open();
            return opened;
        });
        try {
            return type.cast(tracker.waitForService(5_000));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Configures this bundle, and waits until it has been told. */
    void configure(String key, Object value) throws Exception {
        Object admin = bundles().getService(reference("org.osgi.service.cm.ConfigurationAdmin"));
        Object configuration = admin.getClass()
                .getMethod("getConfiguration", String.class, String.class)
                .invoke(admin, CamelSettings.PID, "?");
        configuration
                .getClass()
                .getMethod("update", Dictionary.class)
                .invoke(configuration, FrameworkUtil.asDictionary(Map.of(key, value)));
        await().until(() ->
                value.equals(reference(RouteContexts.class.getName()).getProperty(key)));
    }

    /** Finds services of classes that the tests have loaded, too. */
    private ServiceReference<?> reference(String type) throws InvalidSyntaxException {
        return bundles().getAllServiceReferences(type, null)[0];
    }

    static Artifact artifact(String path, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new Artifact(new StatePath(path), new BlobId("0".repeat(40)), Content.of(bytes));
    }

    static String codeOf(Class<?> inCode) {
        try {
            return Path.of(inCode.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toUri()
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
