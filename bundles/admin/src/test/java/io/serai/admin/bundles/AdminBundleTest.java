package io.serai.admin.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.admin.internal.TestIdentity;
import io.serai.admin.internal.git.KeptAudit;
import io.serai.admin.internal.git.TestLogins;
import io.serai.admin.internal.git.TestState;
import io.serai.api.cluster.Enrollment;
import io.serai.api.cluster.NodeIdentity;
import io.serai.api.security.AccessControl;
import io.serai.api.security.AuditLog;
import io.serai.api.security.LoginService;
import io.serai.api.state.StateReplica;
import io.serai.api.state.StateRepository;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.eclipse.jgit.lib.Repository;
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
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;

public class AdminBundleTest {
    private static final String SHARED = Stream.of(
                    Stream.of("cluster", "deploy", "object", "security", "state", "text")
                            .map(name -> "io.serai.api." + name + ";version=0.1.0"),
                    Stream.of(
                                    "annotations",
                                    "errors",
                                    "internal.storage.file",
                                    "internal.transport.parser",
                                    "lib",
                                    "nls",
                                    "revwalk",
                                    "transport",
                                    "treewalk",
                                    "treewalk.filter",
                                    "transport.resolver",
                                    "util")
                            .map(name -> "org.eclipse.jgit." + name + ";version=7.4.0"),
                    Stream.of("org.slf4j", "org.slf4j.spi", "org.slf4j.event", "org.slf4j.helpers")
                            .map(name -> name + ";version=2.0.17"),
                    Stream.of("org.jspecify.annotations;version=1.0.0"))
            .flatMap(names -> names)
            .collect(Collectors.joining(","));
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
            "org.apache.felix.http.wrappers",
            "jackson-annotations",
            "jackson-core",
            "jackson-databind",
            "org.apache.felix.http.jetty12");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final TestIdentity identity = new TestIdentity();
    private Framework framework;
    private int port;

    @Before
    public void start() throws Exception {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.newFolder("cache").toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        SHARED));
        framework.start();
        for (String name : BUNDLES) {
            install(name);
        }
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            if (!"org.apache.felix.http.jetty12".equals(bundle.getSymbolicName())) {
                bundle.start();
            }
        }
        configure();
        framework
                .getBundleContext()
                .installBundle("reference:file:" + new File("target/classes").getAbsolutePath())
                .start();
    }

    @After
    public void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    public void servesAsLongAsTheNodeKnowsWhoItIs() throws Exception {
        assertThat(isUp()).isFalse();
        ServiceRegistration<?> registration =
                framework.getBundleContext().registerService(NodeIdentity.class, identity, null);
        await().until(this::isUp);
        assertThat(status(HttpRequest.newBuilder(uri("/none")))).isEqualTo(404);
        HttpRequest.Builder join =
                HttpRequest.newBuilder(uri("/api/v1/cluster/join")).POST(BodyPublishers.ofString("{}"));
        assertThat(status(join)).isEqualTo(503);

        Enrollment enrollment = (request, from) -> request;
        framework.getBundleContext().registerService(Enrollment.class, enrollment, null);
        assertThat(status(join)).isEqualTo(200);

        registration.unregister();
        assertThat(isUp()).isFalse();
    }

    @Test
    public void servesTheStateWhileItIsThere() throws Exception {
        BundleContext context = framework.getBundleContext();
        context.registerService(NodeIdentity.class, identity, null);
        await().until(this::isUp);
        String bob = "bob:" + TestLogins.password("bob");
        HttpRequest.Builder refs = HttpRequest.newBuilder(uri("/git/state.git/info/refs?service=git-upload-pack"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(bob.getBytes(StandardCharsets.UTF_8)));
        assertThat(status(refs)).isEqualTo(503);

        TestState state = new TestState(folder.newFolder("state.git").toPath());
        context.registerService(StateRepository.class, state.files(), null);
        context.registerService(StateReplica.class, state.replica(), null);
        context.registerService(
                new String[] {LoginService.class.getName(), AccessControl.class.getName()}, new TestLogins(), null);
        context.registerService(AuditLog.class, new KeptAudit(), null);
        ServiceRegistration<?> registration = context.registerService(
                Repository.class, state.repository(), FrameworkUtil.asDictionary(Map.of("serai.state", true)));
        assertThat(status(refs)).isEqualTo(200);

        registration.unregister();
        assertThat(status(refs)).isEqualTo(503);
    }

    private boolean isUp() throws IOException, InterruptedException {
        try {
            return status(HttpRequest.newBuilder(uri("/"))) == 404;
        } catch (ConnectException e) {
            return false;
        }
    }

    private URI uri(String path) {
        return URI.create("https://localhost:" + port + path);
    }

    private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newBuilder()
                .sslContext(identity.tls())
                .build()
                .send(request.build(), BodyHandlers.ofString())
                .statusCode();
    }

    private void install(String name) throws BundleException {
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> new File(entry).getName().startsWith(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not on the class path"));
        framework.getBundleContext().installBundle("file:" + path);
    }

    /** Gives the server a port that is free now: it tells nobody which one it chose. */
    private void configure() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        BundleContext context = framework.getBundleContext();
        ServiceReference<?>[] found = context.getAllServiceReferences("org.osgi.service.cm.ConfigurationAdmin", null);
        Object admin = context.getService(found[0]);
        Object configuration = admin.getClass()
                .getMethod("getConfiguration", String.class, String.class)
                .invoke(admin, "io.serai.admin", null);
        configuration
                .getClass()
                .getMethod("update", Dictionary.class)
                .invoke(configuration, FrameworkUtil.asDictionary(Map.of("port", port, "stop.timeout.millis", 0)));
    }
}
