package io.serai.benchmarks.http.channel;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/** A REST channel to a service: the bundles of a node that take part in a request, in an embedded framework. */
public final class ChannelServer {
    private static final String LOGGING = "org.slf4j;version=2.0.17,org.slf4j.spi;version=2.0.17,"
            + "org.slf4j.event;version=2.0.17,org.slf4j.helpers;version=2.0.17";
    // imported by HdrHistogram, and not used by what is used of it
    private static final String UNUSED = "javax.xml.bind;version=2.3";
    private static final List<String> CLASS_NAMES = List.of("", "$Hello", "$Hello$Query", "$Hello$Greeting");
    private static final String HTTP_RUNTIME = "org.osgi.service.servlet.runtime.HttpServiceRuntime";

    private ChannelServer() {}

    /** Starts it; prints its port. */
    public static void main(String[] arguments) throws Exception {
        try {
            start(arguments[0], arguments[1].split(File.pathSeparator));
            System.in.read();
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void start(String storage, String[] jars) throws Exception {
        System.out.println("port " + serve(framework(storage, ""), jars));
    }

    /** Starts a framework that lends bundles logging, and more packages of the class path: empty, or each after a comma. */
    public static BundleContext framework(String storage, String morePackages) throws Exception {
        Framework framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE, storage,
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, LOGGING + "," + UNUSED + morePackages));
        framework.start();
        return framework.getBundleContext();
    }

    /** Starts bundles, of which io.serai.http is one, and a user's; returns the port of HTTP. */
    public static int serve(BundleContext context, String[] jars) throws Exception {
        List<Bundle> bundles = new ArrayList<>();
        for (String jar : jars) {
            bundles.add(context.installBundle(Path.of(jar).toUri().toString()));
        }
        Bundle http = null;
        for (Bundle bundle : bundles) {
            boolean server = "io.serai.http".equals(bundle.getSymbolicName());
            http = server ? bundle : http;
            if (!server && !"org.apache.felix.http.jetty12".equals(bundle.getSymbolicName())) {
                bundle.start();
            }
        }
        configure(context);
        http.start();
        // the runtime looks for services as soon as somebody asks for what finds them: in a node, the deployer does
        context.getService(first(context, "io.serai.api.deploy.BundleExtension"));
        context.installBundle("hello", hello()).start();
        String[] endpoints = (String[]) first(context, HTTP_RUNTIME).getProperty("osgi.http.endpoint");
        return URI.create(endpoints[0]).getPort();
    }

    private static void configure(BundleContext context) throws Exception {
        Object admin = context.getService(first(context, "org.osgi.service.cm.ConfigurationAdmin"));
        Object configuration = admin.getClass()
                .getMethod("getConfiguration", String.class, String.class)
                .invoke(admin, "io.serai.http", null);
        Class<?> type = configuration.getClass();
        type.getMethod("update", Dictionary.class)
                .invoke(configuration, FrameworkUtil.asDictionary(Map.of("port", 0)));
    }

    private static ServiceReference<?> first(BundleContext context, String name) throws Exception {
        ServiceReference<?>[] found = context.getAllServiceReferences(name, null);
        for (int i = 0; found == null && i < 100; i++) {
            LockSupport.parkNanos(50_000_000);
            found = context.getAllServiceReferences(name, null);
        }
        if (found == null) {
            throw new IllegalStateException("There is no service " + name);
        }
        return found[0];
    }

    private static InputStream hello() throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, "hello");
        headers.putValue(Constants.BUNDLE_ACTIVATOR, HelloActivator.class.getName());
        headers.putValue(Constants.IMPORT_PACKAGE, "org.osgi.framework,io.serai.api.service");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (String suffix : CLASS_NAMES) {
                String entry = HelloActivator.class.getName().replace('.', '/') + suffix + ".class";
                jar.putNextEntry(new JarEntry(entry));
                try (InputStream in = ChannelServer.class.getResourceAsStream("/" + entry)) {
                    in.transferTo(jar);
                }
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
