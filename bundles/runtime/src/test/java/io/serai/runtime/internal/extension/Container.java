package io.serai.runtime.internal.extension;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.service.Service;
import io.serai.api.service.ServiceInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;

/** A framework with Declarative Services and the runtime as the bundle it is, as a node has them. */
final class Container {
    /** What the test shares with the bundles. */
    private static final String SHARED =
            "io.serai.api.cluster;version=0.1.0, io.serai.api.deploy;version=0.1.0, io.serai.api.object;version=0.1.0,"
                    + " io.serai.api.security;version=0.1.0, io.serai.api.text;version=0.1.0,"
                    + " io.serai.api.runtime;version=0.1.0,"
                    + " io.serai.api.service;version=0.1.0, io.serai.api.state;version=0.1.0,"
                    + " org.jspecify.annotations;version=1.0.0, org.slf4j;version=2.0.17, org.slf4j.event;version=2.0.17,"
                    + " org.slf4j.helpers;version=2.0.17, org.slf4j.spi;version=2.0.17";

    private static final List<String> BUNDLES = List.of(
            "org.osgi.util.function",
            "org.osgi.util.promise",
            "org.osgi.service.component",
            "org.apache.felix.scr",
            "jackson-annotations",
            "jackson-core",
            "jackson-databind",
            "jackson-datatype-jdk8",
            "jackson-datatype-jsr310");

    private final Framework framework;

    Container() throws IOException, BundleException {
        Map<String, String> configuration = new HashMap<>();
        configuration.put(
                Constants.FRAMEWORK_STORAGE,
                Files.createTempDirectory("serai-felix").toString());
        configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SHARED);
        framework = new FrameworkFactory().newFramework(configuration);
        framework.start();
        List<Bundle> installed = new ArrayList<>();
        for (String name : BUNDLES) {
            installed.add(context().installBundle(jar(name).toUri().toString()));
        }
        Path runtime = Path.of("target/classes").toAbsolutePath();
        installed.add(context().installBundle("reference:" + runtime.toUri()));
        for (Bundle bundle : installed) {
            bundle.start();
        }
    }

    private static Path jar(String name) {
        for (String entry : System.getProperty("java.class.path").split(System.getProperty("path.separator"), -1)) {
            Path path = Path.of(entry);
            if (path.getFileName().toString().matches(name + "-[0-9.]+\\.jar")) {
                return path;
            }
        }
        throw new AssertionError("The class path has no " + name);
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /**
     * Returns a service of the runtime. All are asked for, because the test has classes of the names under which the runtime
     * finds its own parts, which are not those of the bundle.
     */
    <T> T service(Class<T> type) throws InvalidSyntaxException {
        ServiceReference<?>[] found = context().getAllServiceReferences(type.getName(), null);
        assertThat(found).hasSize(1);
        return type.cast(context().getService(found[0]));
    }

    /** Starts a bundle as the deployer does. */
    Bundle deploy(String file, BundleJar jar) throws BundleException {
        return start("serai:deploy/" + file + "?0123", jar);
    }

    Bundle start(String location, BundleJar jar) throws BundleException {
        Bundle bundle = context().installBundle(location, jar.open());
        bundle.start();
        return bundle;
    }

    /** Registers a service on behalf of a bundle. */
    static ServiceRegistration<?> register(Bundle bundle, Service<?, ?> service, String name) {
        return bundle.getBundleContext()
                .registerService(
                        Service.class.getName(), service, FrameworkUtil.asDictionary(Map.of(ServiceInfo.NAME, name)));
    }

    void close() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(10_000);
    }
}
