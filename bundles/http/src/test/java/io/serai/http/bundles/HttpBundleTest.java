package io.serai.http.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.api.runtime.Invocation;
import io.serai.api.runtime.InvocationResult;
import io.serai.api.runtime.InvocationService;
import io.serai.api.runtime.PayloadCodec;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.runtime.ServiceRegistryListener;
import io.serai.api.service.Workload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

public class HttpBundleTest {
    private static final String SHARED =
            "io.serai.api.access;version=0.1.0,io.serai.api.cluster;version=0.1.0,io.serai.api.deploy;version=0.1.0,"
                    + "io.serai.api.object;version=0.1.0,io.serai.api.runtime;version=0.1.0,"
                    + "io.serai.api.service;version=0.1.0,io.serai.api.state;version=0.1.0,io.serai.api.text;version=0.1.0,"
                    + "org.jspecify.annotations;version=1.0.0,org.slf4j;version=2.0.17,org.slf4j.spi;version=2.0.17,"
                    + "org.slf4j.event;version=2.0.17,org.slf4j.helpers;version=2.0.17";
    private static final List<String> BUNDLES = List.of(
            "org.osgi.util.function",
            "org.osgi.util.promise",
            "org.osgi.service.component-1",
            "org.osgi.service.cm-1",
            "org.apache.felix.configadmin",
            "org.apache.felix.scr",
            "commons-io",
            "commons-fileupload",
            "org.apache.felix.http.servlet-api",
            "org.apache.felix.http.wrappers");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Framework framework;

    @Before
    public void start() throws Exception {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.getRoot().toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        SHARED));
        framework.start();
        BundleContext context = framework.getBundleContext();
        context.registerService(InvocationService.class, HttpBundleTest::invoke, null);
        context.registerService(PayloadCodec.class, codec(), null);
        List<Bundle> bundles = new ArrayList<>();
        for (String name : BUNDLES) {
            bundles.add(install(name));
        }
        for (Bundle bundle : bundles) {
            bundle.start();
        }
        // brings its packages, and is not started: its server is not the one that serves
        install("org.apache.felix.http.jetty12");
        configure(context);
        context.installBundle("reference:file:" + new File("target/classes").getAbsolutePath())
                .start();
    }

    @After
    public void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    public void servesChannelsAndServletsOfBundlesOnOnePort() throws Exception {
        ServiceDescriptor hello = new ServiceDescriptor(
                "hello",
                "",
                List.of("GET /hello"),
                Workload.NETWORK,
                Duration.ofSeconds(5),
                Void.class,
                String.class,
                "deploy/a.jar",
                1,
                "x.Y");
        Bundle user = framework.getBundleContext().installBundle("user", userBundle());
        user.start();
        service(ServiceRegistryListener.class.getName(), ServiceRegistryListener.class)
                .changed(List.of(hello), List.of());

        assertThat(get("/hello").body()).isEqualTo("hello from a service");
        assertThat(get("/user").body()).isEqualTo("servlet of a bundle");

        user.stop();
        assertThat(get("/user").statusCode()).isEqualTo(404);
    }

    @Test
    public void stopsAndStartsAgain() throws Exception {
        URI before = endpoint();
        Bundle http = Arrays.stream(framework.getBundleContext().getBundles())
                .filter(bundle -> "io.serai.http".equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
        http.stop();
        assertThat(references("org.osgi.service.servlet.runtime.HttpServiceRuntime"))
                .isEmpty();
        http.start();

        assertThat(endpoint()).isNotEqualTo(before);
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    private static CompletableFuture<InvocationResult> invoke(Invocation invocation) {
        return CompletableFuture.completedFuture(
                new InvocationResult(invocation.service() + " from a service", 0, Map.of()));
    }

    private static PayloadCodec codec() {
        return (PayloadCodec) Proxy.newProxyInstance(
                PayloadCodec.class.getClassLoader(),
                new Class<?>[] {PayloadCodec.class},
                (proxy, method, arguments) -> String.valueOf(arguments[0]).getBytes(StandardCharsets.UTF_8));
    }

    private Bundle install(String name) throws BundleException {
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> new File(entry).getName().startsWith(name + "-")
                        || new File(entry).getName().startsWith(name + "."))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not on the class path"));
        return framework.getBundleContext().installBundle("file:" + path);
    }

    private void configure(BundleContext context) throws Exception {
        Object admin = context.getService(
                references("org.osgi.service.cm.ConfigurationAdmin").get(0));
        Object configuration = admin.getClass()
                .getMethod("getConfiguration", String.class, String.class)
                .invoke(admin, "io.serai.http", null);
        configuration
                .getClass()
                .getMethod("update", Dictionary.class)
                .invoke(configuration, FrameworkUtil.asDictionary(Map.of("port", 0)));
    }

    private static InputStream userBundle() throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, "user");
        headers.putValue(Constants.BUNDLE_ACTIVATOR, ServletActivator.class.getName());
        headers.putValue(Constants.IMPORT_PACKAGE, "org.osgi.framework,jakarta.servlet,jakarta.servlet.http");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (String suffix : List.of("", "$UserServlet")) {
                String entry = ServletActivator.class.getName().replace('.', '/') + suffix + ".class";
                jar.putNextEntry(new JarEntry(entry));
                try (InputStream in = HttpBundleTest.class.getResourceAsStream("/" + entry)) {
                    in.transferTo(jar);
                }
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private <T> T service(String name, Class<T> type) {
        await().until(() -> !references(name).isEmpty());
        return type.cast(
                framework.getBundleContext().getService(references(name).get(0)));
    }

    private List<ServiceReference<?>> references(String name) {
        try {
            ServiceReference<?>[] found = framework.getBundleContext().getAllServiceReferences(name, null);
            return found == null ? List.of() : List.of(found);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private URI endpoint() {
        String runtime = "org.osgi.service.servlet.runtime.HttpServiceRuntime";
        await().until(() -> !references(runtime).isEmpty());
        return URI.create(((String[]) references(runtime).get(0).getProperty("osgi.http.endpoint"))[0]);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint().resolve(path)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
