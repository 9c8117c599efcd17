package io.serai.runtime.internal.extension;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.serai.api.deploy.BundleExtension;
import io.serai.api.deploy.BundleExtension.Activation;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.runtime.Invocation;
import io.serai.api.runtime.InvocationService;
import io.serai.api.runtime.PayloadCodec;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.runtime.ServiceRegistry;
import io.serai.api.service.Caller;
import java.io.ByteArrayInputStream;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;

public class ServiceExtensionTest {
    private static final String HELLO =
            "@ServiceInfo(name = \"hello\", rest = \"GET /hello\", description = \"Greets.\")"
                    + " public class Hello extends Base<Hello.Query> {"
                    + " public record Query(String name, Optional<Integer> times) {}"
                    + " public record Answer(String text, List<Query> queries) {}"
                    + " public Answer handle(Query query, Context context) {"
                    + "   return new Answer(\"VERSION \" + query.name(), List.of(query)); } }";
    private static final String BASE =
            "public abstract class Base<T> implements Service<T, Hello.Answer>, AutoCloseable {"
                    + " public void close() { System.setProperty(\"serai.test.closed\", getClass().getName()); } }";

    private static @Nullable Container container;

    private final BundleExtension extension = container().service(BundleExtension.class);
    private final ServiceRegistry registry = container().service(ServiceRegistry.class);
    private final InvocationService invocations = container().service(InvocationService.class);
    private final PayloadCodec codec = container().service(PayloadCodec.class);

    public ServiceExtensionTest() throws InvalidSyntaxException {}

    @BeforeClass
    public static void start() throws Exception {
        container = new Container();
    }

    @AfterClass
    public static void stop() throws Exception {
        container().close();
    }

    @After
    public void uninstall() throws BundleException {
        for (Bundle bundle : container().context().getBundles()) {
            if (bundle.getSymbolicName().startsWith("acme")) {
                bundle.uninstall();
            }
        }
        assertThat(registry.services()).isEmpty();
        System.clearProperty("serai.test.closed");
    }

    private static Container container() {
        if (container == null) {
            throw new AssertionError("The container was not started");
        }
        return container;
    }

    private static BundleJar hello(String version) {
        return new BundleJar("acme.hello", version)
                .type("Base", BASE)
                .service("Hello", HELLO.replace("VERSION", version));
    }

    private Activation publish(Bundle bundle, String owner) throws DeploymentException {
        Activation activation = extension.prepare(bundle, owner).orElseThrow();
        activation.publish(Optional.empty());
        return activation;
    }

    private String call(String service, String json) {
        ServiceDescriptor descriptor = registry.find(service).orElseThrow();
        Object input = codec.fromJson(new ByteArrayInputStream(json.getBytes(UTF_8)), descriptor.input());
        Invocation invocation =
                new Invocation(service, input, Caller.internal("test"), "id", Optional.empty(), Map.of());
        return new String(codec.toJson(invocations.invoke(invocation).join().value()), UTF_8);
    }

    private DeploymentException refused(String name, String source) throws BundleException {
        Bundle bundle = container().deploy("x.jar", new BundleJar("acme.x", "1.0.0").service(name, source));
        return catchThrowableOfType(DeploymentException.class, () -> extension.prepare(bundle, "deploy/x.jar"));
    }

    @Test
    public void publishesTheClassesThatTheManifestDeclares() throws Exception {
        Bundle bundle = container().deploy("hello.jar", hello("1.0.0"));
        Activation activation = extension.prepare(bundle, "deploy/hello.jar").orElseThrow();
        assertThat(registry.services()).isEmpty();

        assertThat(activation.publish(Optional.empty())).isEqualTo("service hello");

        ServiceDescriptor descriptor = registry.find("hello").orElseThrow();
        assertThat(descriptor.rest()).containsExactly("GET /hello");
        assertThat(descriptor.description()).isEqualTo("Greets.");
        assertThat(descriptor.owner()).isEqualTo("deploy/hello.jar");
        assertThat(descriptor.className()).isEqualTo("acme.Hello");
        assertThat(call("hello", "{\"name\":\"Ann\"}"))
                .isEqualTo("{\"text\":\"1.0.0 Ann\",\"queries\":[{\"name\":\"Ann\"}]}");
        activation.retire();
        assertThat(System.getProperty("serai.test.closed")).isEqualTo("acme.Hello");
    }

    @Test
    public void replacesSideBySideAndGoesBack() throws Exception {
        Activation first = publish(container().deploy("hello.jar", hello("1.0.0")), "deploy/hello.jar");
        Object early = codec.fromJson(
                new ByteArrayInputStream("{\"name\":\"Ann\"}".getBytes(UTF_8)),
                registry.find("hello").orElseThrow().input());
        Bundle newer = container()
                .context()
                .installBundle("serai:deploy/hello.jar?4567", hello("2.0.0").open());
        newer.start();
        Activation second = extension.prepare(newer, "deploy/hello.jar").orElseThrow();
        assertThat(call("hello", "{\"name\":\"Ann\"}")).contains("1.0.0 Ann");

        second.publish(Optional.of(first));
        assertThat(call("hello", "{\"name\":\"Ann\"}")).contains("2.0.0 Ann");

        // An input that was read for the old version fits the new one, whose classes have the same names only
        Invocation late = new Invocation("hello", early, Caller.internal("test"), "id", Optional.empty(), Map.of());
        assertThat(codec.toJson(invocations.invoke(late).join().value()))
                .asString()
                .contains("2.0.0 Ann");

        first.publish(Optional.of(second));
        second.retire();
        assertThat(call("hello", "{\"name\":\"Ann\"}")).contains("1.0.0 Ann");
        first.retire();
    }

    @Test
    public void hasNothingToSayAboutOtherBundles() throws Exception {
        Bundle bundle = container().deploy("lib.jar", new BundleJar("acme.lib", "1.0.0").type("Lib", "class Lib {}"));

        assertThat(extension.prepare(bundle, "deploy/lib.jar")).isEmpty();
    }

    @Test
    public void saysWhatIsWrongWithAClass() throws Exception {
        assertThat(refused(
                        "A",
                        "@ServiceInfo(name=\"a\") class A implements Service<String, String> {"
                                + " public A() {} public String handle(String i, Context c) { return i; } }"))
                .hasMessage("deploy/x.jar: class acme.A is not public; make it public");
        uninstall();
        assertThat(refused(
                        "B",
                        "@ServiceInfo(name=\"b\") public class B implements Service<String, String> {"
                                + " public B(int x) {} public String handle(String i, Context c) { return i; } }"))
                .hasMessage("deploy/x.jar: class acme.B has no public constructor without parameters; add one");
        uninstall();
        assertThat(refused(
                        "C",
                        "@ServiceInfo(name=\"c\") public class C implements Service {"
                                + " public Object handle(Object i, Context c) { return i; } }"))
                .hasMessage("deploy/x.jar: class acme.C does not say what it takes and answers; write out both types,"
                        + " as in 'implements Service<Query, Answer>'");
        uninstall();
        assertThat(refused("D", "@ServiceInfo(name=\"d\") public class D {}"))
                .hasMessage("deploy/x.jar: class acme.D does not implement io.serai.api.service.Service; implement it,"
                        + " or remove @ServiceInfo");
        uninstall();
        assertThat(refused(
                        "E",
                        "@ServiceInfo(name=\"e e\") public class E implements Service<String, String> {"
                                + " public String handle(String i, Context c) { return i; } }"))
                .hasMessageContaining("Class acme.E is named 'e e'; give it a name of letters");
        uninstall();
        DeploymentException missing = refused(
                "F",
                "@ServiceInfo(name=\"f\") public class F implements Service<String,"
                        + " String> { org.slf4j.Logger log = org.slf4j.LoggerFactory.getLogger(\"x\");"
                        + " public String handle(String i, Context c) { return i; } }");
        assertThat(missing.reason()).isEqualTo(Reason.INVALID);
        assertThat(missing)
                .hasMessageContaining("class acme.F cannot be used, because it needs org.slf4j.LoggerFactory, which the"
                        + " bundle neither has nor imports");
    }

    @Test
    public void reportsAConstructorThatFailsAndLeavesNothingBehind() throws Exception {
        Bundle bundle = container()
                .deploy(
                        "x.jar",
                        hello("1.0.0")
                                .service(
                                        "Bad",
                                        "@ServiceInfo(name=\"bad\") public class Bad implements Service<String, String> {"
                                                + " public Bad() { throw new IllegalStateException(\"no licence\"); }"
                                                + " public String handle(String i, Context c) { return i; } }"));

        DeploymentException e =
                catchThrowableOfType(DeploymentException.class, () -> extension.prepare(bundle, "deploy/x.jar"));

        assertThat(e.reason()).isEqualTo(Reason.START_FAILED);
        assertThat(e).hasMessage("deploy/x.jar: the constructor of class acme.Bad failed: no licence");
        assertThat(System.getProperty("serai.test.closed")).isEqualTo("acme.Hello");
    }

    @Test
    public void holdsBackOsgiServicesUntilTheirBundleIsPublished() throws Exception {
        Bundle bundle = container().deploy("x.jar", new BundleJar("acme.x", "1.0.0"));
        ServiceRegistration<?> early = Container.register(bundle, (input, context) -> "early", "early");
        assertThat(registry.services()).isEmpty();

        Activation activation = publish(bundle, "deploy/x.jar");
        assertThat(call("early", "{}")).isEqualTo("\"early\"");

        ServiceRegistration<?> late = Container.register(bundle, (input, context) -> "late", "late");
        assertThat(registry.find("late").orElseThrow().owner()).isEqualTo("deploy/x.jar");
        late.unregister();
        assertThat(registry.find("late")).isEmpty();
        early.unregister();
        activation.retire();
    }

    private static BundleJar component(String version) {
        return new BundleJar("acme.ds", version)
                .header("Service-Component", "OSGI-INF/both.xml")
                .header("Require-Capability", "osgi.extender;filter:=\"(osgi.extender=osgi.component)\"")
                .resource(
                        "OSGI-INF/both.xml",
                        "<scr:component xmlns:scr='http://www.osgi.org/xmlns/scr/v1.4.0' name='both' init='1'>"
                                + "<service><provide interface='io.serai.api.service.Service'/></service>"
                                + "<reference name='clock' interface='java.time.Clock' parameter='0'/>"
                                + "<implementation class='acme.Both'/></scr:component>")
                .service(
                        "Both",
                        "@ServiceInfo(name=\"both\") public class Both implements Service<String, String> {"
                                + " private final java.time.Clock clock;"
                                + " public Both(java.time.Clock clock) { this.clock = clock; }"
                                + " public String handle(String i, Context c) { return \"\" + clock.getZone(); } }");
    }

    @Test
    public void leavesAnAnnotatedComponentToDeclarativeServices() throws Exception {
        Bundle bundle = container().deploy("ds.jar", component("1.0.0"));
        assertThat(extension.prepare(bundle, "deploy/ds.jar")).isEmpty();

        ServiceRegistration<?> clock = container().context().registerService(Clock.class, Clock.systemUTC(), null);
        assertThat(call("both", "\"x\"")).isEqualTo("\"Z\"");
        assertThat(registry.find("both").orElseThrow().owner()).isEqualTo("deploy/ds.jar");

        Bundle newer = container()
                .context()
                .installBundle("serai:deploy/ds.jar?4567", component("1.0.1").open());
        newer.start();
        Activation activation = publish(newer, "deploy/ds.jar");
        assertThat(registry.services()).extracting(ServiceDescriptor::bundleId).containsExactly(newer.getBundleId());
        activation.retire();
        clock.unregister();
    }

    @Test
    public void registersOsgiServicesOfOtherBundlesAtOnceAndInTurn() throws Exception {
        Bundle first = container().start("test:first", new BundleJar("acme.first", "1.0.0"));
        Bundle second = container().start("test:second", new BundleJar("acme.second", "1.0.0"));

        ServiceRegistration<?> one = Container.register(first, (input, context) -> "first", "shared");
        Container.register(second, (input, context) -> "second", "shared");

        assertThat(registry.find("shared").orElseThrow().owner()).isEqualTo("bundle:acme.first");
        one.unregister();
        assertThat(call("shared", "{}")).isEqualTo("\"second\"");
    }

    @Test
    public void letsGoOfEveryClassOfAnUndeployedBundle() throws Exception {
        WeakReference<ClassLoader> loader = useAndUndeploy();

        await().until(() -> {
            System.gc();
            return loader.get() == null;
        });
    }

    /** Uses everything that might remember a class: reading, writing, converting, describing, calling. */
    private WeakReference<ClassLoader> useAndUndeploy() throws Exception {
        Bundle bundle = container().deploy("hello.jar", hello("1.0.0"));
        Activation activation = publish(bundle, "deploy/hello.jar");
        call("hello", "{\"name\":\"Ann\"}");
        ServiceDescriptor hello = registry.find("hello").orElseThrow();
        Object query = codec.fromValues(Map.of("name", "Ann", "times", "3"), hello.input());
        codec.fromJsonAndValues(new ByteArrayInputStream("{}".getBytes(UTF_8)), Map.of("name", "Bob"), hello.input());
        codec.toJson(Map.of("list", List.of(String.valueOf(query), query == null ? "" : query)));
        codec.schema(hello.input());
        codec.schema(hello.output());
        Bundle other = container().start("test:other", new BundleJar("acme.other", "1.0.0"));
        Container.register(
                other,
                (input, context) -> ""
                        + context.invoke("hello", Map.of("name", "Eve"), Map.class)
                                .get("text"),
                "other");
        assertThat(call("other", "{}")).isEqualTo("\"1.0.0 Eve\"");
        WeakReference<ClassLoader> loader =
                new WeakReference<>(bundle.loadClass("acme.Hello").getClassLoader());
        activation.retire();
        bundle.uninstall();
        other.uninstall();
        return loader;
    }
}
