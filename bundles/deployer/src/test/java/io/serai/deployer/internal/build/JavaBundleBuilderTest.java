package io.serai.deployer.internal.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.service.ServiceInfo;
import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.ClassRule;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;

public class JavaBundleBuilderTest {
    private static final String SERVICE =
            """
            package com.acme;

            import io.serai.api.service.*;
            import java.util.Optional;

            @ServiceInfo(name = "hello", rest = "GET /hello")
            public class Hello implements Service<Hello.Query, Hello.Greeting> {
                public record Query(Optional<String> name) {}

                public record Greeting(String text) {}

                @Override
                public Greeting handle(Query query, Context context) {
                    return new Greeting("Hello, " + query.name().orElse("world") + "!");
                }
            }
            """;

    @ClassRule
    public static final EmbeddedFramework FRAMEWORK = new EmbeddedFramework();

    private final JavaBundleBuilder builder = new JavaBundleBuilder(new FrameworkClasspath(FRAMEWORK.context()));

    @Test
    public void makesARunnableBundleOfAService() throws Exception {
        Bundle bundle = install("Hello.java", SERVICE);

        assertThat(bundle.getSymbolicName()).isEqualTo("serai.java.com.acme.Hello");
        assertThat(bundle.getHeaders().get("Import-Package")).isEqualTo("io.serai.api.service;version=\"[0.1,1)\"");
        assertThat(declaredServices(bundle)).containsExactly("com.acme.Hello");
        Class<?> service = bundle.loadClass("com.acme.Hello");
        assertThat(service.getDeclaredConstructor().newInstance()).isNotNull();
        assertThat(service.getMethods())
                .filteredOn(method -> method.getName().equals("handle") && !method.isBridge())
                .singleElement()
                .satisfies(method ->
                        assertThat(method.getParameters()[0].getName()).isEqualTo("query"));
    }

    @Test
    public void takesClassesWithoutAPackageAndSeveralServicesInOneFile() throws Exception {
        Bundle bundle = install(
                "Sum.java",
                """
                import io.serai.api.service.*;

                @ServiceInfo(name = "sum")
                public class Sum implements Service<Void, Integer> {
                    public Integer handle(Void none, Context context) { return new Other().handle(none, context) + 1; }
                }

                @ServiceInfo(name = "other")
                class Other implements Service<Void, Integer> {
                    public Integer handle(Void none, Context context) { return 1; }
                }
                """);

        assertThat(bundle.getSymbolicName()).isEqualTo("serai.java.Sum");
        assertThat(declaredServices(bundle)).containsExactlyInAnyOrder("Sum", "Other");
        assertThat(bundle.loadClass("Sum").getDeclaredConstructor().newInstance())
                .isNotNull();
    }

    @Test
    public void describesDeclarativeServicesComponents() throws Exception {
        BuiltBundle built = build(
                "Beat.java",
                """
                package com.acme;

                import org.osgi.service.component.annotations.*;
                import java.util.concurrent.Executor;

                @Component(service = Runnable.class)
                public class Beat implements Runnable {
                    private final Executor executor;

                    @Activate
                    public Beat(@Reference Executor executor) { this.executor = executor; }

                    public void run() { executor.execute(() -> {}); }
                }
                """);

        Bundle bundle = FRAMEWORK.install(built.jar());
        assertThat(bundle.getHeaders().get("Service-Component")).isEqualTo("OSGI-INF/com.acme.Beat.xml");
        assertThat(text(bundle, "OSGI-INF/com.acme.Beat.xml")).contains("interface=\"java.util.concurrent.Executor\"");
    }

    @Test
    public void givesTheSameBytesForTheSameSource() throws Exception {
        byte[] first = build("Hello.java", SERVICE).jar().bytes();
        JavaBundleBuilder other = new JavaBundleBuilder(new FrameworkClasspath(FRAMEWORK.context()));

        assertThat(other.build(artifact("Hello.java", SERVICE)).jar().bytes()).isEqualTo(first);
    }

    @Test
    public void compilesOnceForCheckAndBuild() throws Exception {
        builder.check(path("Hello.java"), content(SERVICE));

        BuiltBundle first = build("Hello.java", SERVICE);
        assertThat(build("Hello.java", SERVICE)).isSameAs(first);
    }

    @Test
    public void saysWhereAMistakeIsInTheCompilersWords() {
        String source = "package com.acme;\n\nclass Orders {\n    int total = \"none\";\n    String id = true;\n}\n";

        DeploymentException refusal = refusal("Orders.java", source);

        assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
        assertThat(refusal).hasMessage("Orders.java:4:17: Type mismatch: cannot convert from String to int");
        assertThat(refusal.detail()).hasLineCount(2).contains("Orders.java:5:17: ");
    }

    @Test
    public void tellsTheSyntaxErrorBeforeItsConsequences() {
        assertThat(refusal("Orders.java", "public class Order { void run() { int i } }"))
                .hasMessageStartingWith("Orders.java:1:39: Syntax error, insert \";\"");
    }

    @Test
    public void namesATypeThatIsMisspeltBeforeWhatFollowsFromIt() {
        String source =
                """
                public class Reader implements java.util.concurrent.Callable<String> {
                    @Override public Strin call() { return ""; }
                }
                """;
        assertThat(refusal("Reader.java", source)).hasMessage("Reader.java:2:22: Strin cannot be resolved to a type");
    }

    @Test
    public void limitsTheErrorsItTells() {
        StringBuilder source = new StringBuilder("class Many {\n");
        for (int i = 0; i < 100; i++) {
            source.append("int i").append(i).append(" = \"\";\n");
        }

        assertThat(refusal("Many.java", source.append('}').toString()).detail()).hasLineCount(20);
    }

    @Test
    public void refusesAPublicClassOfAnotherName() {
        assertThat(refusal("Hello.java", "public class Goodbye {}"))
                .hasMessage("Hello.java:1:14: The public type Goodbye must be defined in its own file");
    }

    @Test
    public void waitsForAPackageThatNoBundleExports() throws Exception {
        String source =
                """
                import com.acme.prices.PriceList;

                public class Quote extends PriceList {
                    @Override
                    public int price() { return super.price() + PriceList.VAT; }
                }
                """;
        assertThatCode(() -> builder.check(path("Quote.java"), content(source))).doesNotThrowAnyException();

        DeploymentException waiting =
                catchThrowableOfType(DeploymentException.class, () -> build("Quote.java", source));
        assertThat(waiting.reason()).isEqualTo(Reason.UNSATISFIED);
        assertThat(waiting)
                .hasMessage("Quote.java:1:8: no bundle exports the package com.acme.prices; deploy or install one that"
                        + " does, and this file comes up");

        Bundle library = FRAMEWORK.install(
                TestBundles.exporting(
                        "com.acme.prices;version=1.4.2",
                        builder.build(
                                artifact(
                                        "PriceList.java",
                                        """
                        package com.acme.prices;

                        public class PriceList {
                            public static final int VAT = 19;

                            public int price() { return 100; }
                        }
                        """))));
        library.start();
        Bundle bundle = FRAMEWORK.install(build("Quote.java", source).jar());
        assertThat(bundle.getHeaders().get("Import-Package")).isEqualTo("com.acme.prices;version=\"[1.4,2)\"");
        assertThat(bundle.loadClass("Quote")).hasDeclaredMethods("price");
    }

    @Test
    public void compilesAnewWhenWhatItWasCompiledAgainstIsReplaced() throws Exception {
        String source = "public class Ask { Object rate() { return com.acme.rates.Rate.VALUE; } }";
        Bundle first = FRAMEWORK.install(rates("int VALUE = 1;"));
        first.start();
        assertThat(build("Ask.java", source)).isNotNull();

        first.uninstall();
        FRAMEWORK.install(rates("int OTHER = 1;")).start();

        assertThat(refusal("Ask.java", source)).hasMessageContaining("VALUE cannot be resolved");
    }

    @Test
    public void refusesAMistakeEvenIfAPackageIsMissing() {
        String source = "import com.missing.Part;\nclass Mixed { Part part; int number = \"one\"; }";

        assertThat(refusal("Mixed.java", source))
                .hasMessage("Mixed.java:2:39: Type mismatch: cannot convert from String to int");
    }

    @Test
    public void refusesMisspeltNamesOfPackagesThatAreThere() {
        assertThat(refusal("A1.java", "import io.serai.api.service.Servise; class A1 {}"))
                .hasMessageContaining("io.serai.api.service.Servise cannot be resolved");
        assertThat(refusal("A2.java", "import java.utl.List; class A2 {}"))
                .hasMessageContaining("java.utl cannot be resolved");
    }

    @Test
    public void refusesWhatIsNoSource() {
        assertThat(refusal("Empty.java", "")).hasMessageStartingWith("Empty.java declares no class");
        assertThat(refusal("Binary.java", new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE}))
                .hasMessageStartingWith("Binary.java is not encoded in UTF-8");
        assertThat(refusal("Big.java", new byte[3 << 20])).hasMessageStartingWith("Big.java has 3145728 bytes");
        assertThat(refusal("B.java", "public class B {}")).hasMessageStartingWith("B.java declares B in no package");
        String deep = "(1+".repeat(20_000) + "1" + ")".repeat(20_000);
        assertThat(refusal("Deep.java", "class Deep { int i = " + deep + "; }")).hasMessageContaining("Deep.java");
    }

    @Test
    public void saysHowFarTheCompilerCameIfItFails() {
        String source =
                "class X {\n record Id(String textfinal int i = 1;\n int handle(String q, int c) { return 1; }\n}";

        assertThat(refusal("X.java", source))
                .hasMessage("X.java:3:30: Syntax error here or before; the compiler gave up");
    }

    @Test
    public void tellsWhatBndRefuses() {
        String source =
                """
                package com.acme;
                import org.osgi.service.component.annotations.*;
                @Component
                public class Wrong { @Reference void set() {} }
                """;

        assertThat(refusal("Wrong.java", source))
                .hasMessageContaining("Wrong.java")
                .hasMessageContaining("set");
    }

    private static Content rates(String constant) throws Exception {
        JavaBundleBuilder builder = new JavaBundleBuilder(new FrameworkClasspath(FRAMEWORK.context()));
        String source = "package com.acme.rates; public interface Rate { " + constant + " }";
        return TestBundles.exporting("com.acme.rates", builder.build(artifact("Rate.java", source)));
    }

    private Bundle install(String name, String source) throws Exception {
        Bundle bundle = FRAMEWORK.install(build(name, source).jar());
        bundle.start();
        return bundle;
    }

    private BuiltBundle build(String name, String source) throws DeploymentException {
        return builder.build(artifact(name, source));
    }

    private DeploymentException refusal(String name, String source) {
        return refusal(name, source.getBytes(StandardCharsets.UTF_8));
    }

    private DeploymentException refusal(String name, byte[] source) {
        DeploymentException refusal =
                catchThrowableOfType(DeploymentException.class, () -> builder.check(path(name), Content.of(source)));
        assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
        return refusal;
    }

    private static List<Object> declaredServices(Bundle bundle) {
        return bundle.adapt(BundleWiring.class).getCapabilities(ServiceInfo.NAMESPACE).stream()
                .map(BundleCapability::getAttributes)
                .map(attributes -> attributes.get("class"))
                .toList();
    }

    private static String text(Bundle bundle, String entry) throws Exception {
        return new String(bundle.getEntry(entry).openStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static StatePath path(String name) {
        return StatePath.of("deploy", name);
    }

    private static Content content(String source) {
        return Content.of(source.getBytes(StandardCharsets.UTF_8));
    }

    private static Artifact artifact(String name, String source) {
        return new Artifact(path(name), new BlobId("0".repeat(40)), content(source));
    }
}
