package io.serai.benchmarks.node;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;

/** The peer of a node: a bare Felix that installs, resolves and starts the bundles of a folder, and loads their services. */
public final class PlainFelix {
    private PlainFelix() {}

    /** Takes the folder of its cache; then reads the names of folders, and answers each with a line when it is done. */
    public static void main(String[] args) throws IOException, BundleException, ReflectiveOperationException {
        Framework framework = new FrameworkFactory()
                .newFramework(Map.of(
                        "org.osgi.framework.storage", args[0],
                        "org.osgi.framework.system.packages.extra", "io.serai.api.service;version=\"0.1.0\""));
        framework.start();
        System.out.println("ready");
        BufferedReader folders = new BufferedReader(new InputStreamReader(System.in));
        for (String folder = folders.readLine(); folder != null; folder = folders.readLine()) {
            deploy(framework, Path.of(folder));
            System.out.println("done");
        }
        framework.stop();
    }

    private static void deploy(Framework framework, Path folder)
            throws IOException, BundleException, ReflectiveOperationException {
        List<Bundle> bundles = new ArrayList<>();
        try (Stream<Path> jars = Files.list(folder)) {
            for (Path jar : jars.sorted().toList()) {
                ByteArrayInputStream bytes = new ByteArrayInputStream(Files.readAllBytes(jar));
                bundles.add(framework.getBundleContext().installBundle("plain:" + jar, bytes));
            }
        }
        framework.adapt(FrameworkWiring.class).resolveBundles(bundles);
        for (Bundle bundle : bundles) {
            bundle.start(Bundle.START_TRANSIENT);
            String service = bundle.getSymbolicName().substring("bench.".length());
            bundle.loadClass(service).getDeclaredConstructor().newInstance();
        }
    }
}
