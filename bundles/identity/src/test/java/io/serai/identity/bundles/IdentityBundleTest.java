package io.serai.identity.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.serai.api.cluster.Enrollment;
import io.serai.api.cluster.Member;
import io.serai.api.cluster.Membership;
import io.serai.api.cluster.NodeIdentity;
import io.serai.api.state.Author;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

public class IdentityBundleTest {
    private static final String SHARED = "io.serai.api.cluster;version=0.1.0,io.serai.api.deploy;version=0.1.0,"
            + "io.serai.api.state;version=0.1.0,io.serai.api.text;version=0.1.0,"
            + "org.jspecify.annotations;version=1.0.0,org.slf4j;version=2.0.17";
    private static final List<String> BUNDLES = List.of(
            "org.osgi.util.function",
            "org.osgi.util.promise",
            "org.osgi.service.component-1",
            "org.osgi.service.cm-1",
            "org.apache.felix.configadmin",
            "org.apache.felix.scr",
            "snakeyaml",
            "jackson-core",
            "jackson-annotations",
            "jackson-databind",
            "bcprov",
            "bcutil",
            "bcpkix",
            "commons-codec",
            "JavaEWAH",
            "org.eclipse.jgit",
            "io.serai.state");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Framework framework;
    private Bundle identity;

    @Before
    public void start() throws Exception {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.newFolder().toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        SHARED));
        framework.start();
        List<Bundle> bundles = new ArrayList<>();
        for (String name : BUNDLES) {
            bundles.add(install(name));
        }
        for (Bundle bundle : bundles) {
            bundle.start();
        }
        Path node = folder.getRoot().toPath();
        configure(
                "io.serai.state",
                Map.of("directory", node.resolve("state.git").toString(), "node", "node1", "groups", ""));
        configure(
                "io.serai.identity",
                Map.of(
                        "directory", node.resolve("identity").toString(),
                        "node", "node1",
                        "host", "127.0.0.1",
                        "groups", "",
                        "cluster.port", "8781",
                        "admin.port", "8441"));
        identity = framework
                .getBundleContext()
                .installBundle("reference:file:" + new File("target/classes").getAbsolutePath());
    }

    @After
    public void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    public void foundsAClusterAndIsTheSameNodeWhenItStartsAgain() throws Exception {
        identity.start();
        UUID id = service(NodeIdentity.class).id();
        assertThat(service(NodeIdentity.class).tls().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(service(Membership.class).members()).extracting(Member::name).containsExactly("node1");
        assertThat(service(Membership.class).createToken(Duration.ofMinutes(1), new Author("ann", "shell")))
                .startsWith("serai-join-");
        assertThat(service(Enrollment.class)).isNotNull();

        identity.stop();
        assertThat(find(NodeIdentity.class)).isNull();
        identity.start();

        assertThat(service(NodeIdentity.class).id()).isEqualTo(id);
    }

    @Test
    public void servesWithoutIdentityIfItsTokenIsNoneAndTellsTheClusterOfItsNewAddress() throws Exception {
        Path token = folder.getRoot().toPath().resolve("identity/join-token");
        Files.createDirectories(token.getParent());
        Files.writeString(token, "nonsense");
        identity.start();
        await().until(() -> !Files.exists(token));
        assertThat(find(NodeIdentity.class)).isNull();
        Files.delete(token.resolveSibling("join-refused"));

        configure(
                "io.serai.identity",
                Map.of(
                        "directory", token.getParent().toString(),
                        "node", "node1",
                        "host", "localhost",
                        "groups", "",
                        "cluster.port", "8781",
                        "admin.port", "8441"));

        await().untilAsserted(() -> assertThat(service(Membership.class).members())
                .extracting(Member::host)
                .containsExactly("localhost"));
        configure(
                "io.serai.identity",
                Map.of(
                        "directory", token.getParent().toString(),
                        "node", "node1",
                        "host", "localhost",
                        "groups", "",
                        "cluster.port", "9781",
                        "admin.port", "9441"));
        await().untilAsserted(() -> assertThat(service(Membership.class).members())
                .extracting(Member::adminPort)
                .containsExactly(9441));
    }

    private Bundle install(String name) throws BundleException {
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> new File(entry).getName().startsWith(name + "-")
                        || new File(entry).getName().startsWith(name + "."))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not on the class path"));
        return framework.getBundleContext().installBundle("file:" + path);
    }

    private void configure(String pid, Map<String, String> values) throws Exception {
        BundleContext context = framework.getBundleContext();
        Object admin =
                context.getService(context.getAllServiceReferences("org.osgi.service.cm.ConfigurationAdmin", null)[0]);
        Object configuration = admin.getClass()
                .getMethod("getConfiguration", String.class, String.class)
                .invoke(admin, pid, null);
        configuration
                .getClass()
                .getMethod("update", Dictionary.class)
                .invoke(configuration, FrameworkUtil.asDictionary(values));
    }

    private <T> T service(Class<T> type) {
        await().until(() -> find(type) != null);
        return find(type);
    }

    private <T> T find(Class<T> type) {
        try {
            BundleContext context = framework.getBundleContext();
            // all: the class path of this test has the bundle's own classes as well, and the framework sees both
            ServiceReference<?>[] found = context.getAllServiceReferences(type.getName(), null);
            return found == null ? null : type.cast(context.getService(found[0]));
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
