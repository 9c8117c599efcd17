package io.serai.deployer.internal.build;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.ClassRule;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;

public class JarBundleBuilderTest {
    private static final String[] BUNDLE = {
        "Bundle-ManifestVersion: 2", "Bundle-SymbolicName: com.acme.orders", "Bundle-Version: 1.2.3"
    };

    @ClassRule
    public static final EmbeddedFramework FRAMEWORK = new EmbeddedFramework();

    private final JarBundleBuilder builder = new JarBundleBuilder();

    @Test
    public void passesBundlesOnUnchanged() throws Exception {
        Content content = Content.of(TestBundles.bundle(BUNDLE));
        builder.check(path("orders.jar"), content);

        BuiltBundle built = builder.build(artifact("orders.jar", content));
        assertThat(built.jar().bytes()).isEqualTo(content.bytes());
        assertThat(built.warnings()).isEmpty();
    }

    @Test
    public void passesOnBundlesFromBeforeOsgi4AndFragments() throws Exception {
        Content old =
                Content.of(TestBundles.bundle("Bundle-Name: Old", "Bundle-Version: one", "Export-Package: com.acme"));
        builder.check(path("old.jar"), old);
        assertThat(builder.build(artifact("old.jar", old)).jar().bytes()).isEqualTo(old.bytes());

        Content fragment = Content.of(TestBundles.bundle(
                "Bundle-ManifestVersion: 2",
                "Bundle-SymbolicName: com.acme.fragment",
                "Fragment-Host: com.acme.orders;bundle-version=\"[1,2)\""));
        builder.check(path("fragment.jar"), fragment);
        assertThat(builder.build(artifact("fragment.jar", fragment)).jar().bytes())
                .isEqualTo(fragment.bytes());
    }

    @Test
    public void wrapsPlainJars() throws Exception {
        Content plain = Content.of(plainJar());
        builder.check(path("acme-sum-1.4.2-SNAPSHOT.jar"), plain);

        BuiltBundle built = builder.build(artifact("acme-sum-1.4.2-SNAPSHOT.jar", plain));

        assertThat(built.warnings())
                .containsExactly(
                        "acme-sum-1.4.2-SNAPSHOT.jar is a plain jar: wrapped as bundle acme-sum 1.4.2.SNAPSHOT,"
                                + " exporting every package; build it as a bundle to say what it imports and exports");
        Bundle bundle = FRAMEWORK.install(built.jar());
        bundle.start();
        assertThat(bundle.getSymbolicName()).isEqualTo("acme-sum");
        assertThat(bundle.getHeaders().get("Export-Package")).startsWith("com.acme.sum;version=\"1.4.2.SNAPSHOT\"");
        assertThat(bundle.getHeaders().get("Import-Package")).contains("io.serai.api.service;resolution:=optional");
        assertThat(bundle.getHeaders().get("Implementation-Title")).isEqualTo("Sum");
        assertThat(bundle.adapt(BundleWiring.class).getCapabilities(ServiceInfo.NAMESPACE))
                .singleElement()
                .satisfies(service -> assertThat(service.getAttributes()).containsEntry("class", "com.acme.sum.Sum"));
        assertThat(bundle.loadClass("com.acme.sum.Sum").getDeclaredConstructor().newInstance())
                .isNotNull();
    }

    @Test
    public void wrapsTheSameJarToTheSameBytes() throws Exception {
        Content plain = Content.of(plainJar());

        assertThat(builder.build(artifact("a.jar", plain)).jar().bytes())
                .isEqualTo(builder.build(artifact("a.jar", plain)).jar().bytes());
    }

    @Test
    public void takesTheVersionOfAPlainJarFromItsManifestIfItsNameHasNone() throws Exception {
        Content plain = Content.of(TestBundles.bundle("Implementation-Version: 2.7"));

        Bundle bundle =
                FRAMEWORK.install(builder.build(artifact("my lib.jar", plain)).jar());
        assertThat(bundle.getSymbolicName()).isEqualTo("my_lib");
        assertThat(bundle.getVersion()).hasToString("2.7.0");
    }

    @Test
    public void wrapsJarsWithoutManifestOrSignature() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("com/acme/data.txt", new byte[10]);
        files.put("META-INF/ACME.SF", new byte[10]);
        files.put("META-INF/ACME.RSA", new byte[10]);
        Content plain = Content.of(TestBundles.jar(files));
        builder.check(path("data.jar"), plain);

        Bundle bundle =
                FRAMEWORK.install(builder.build(artifact("data.jar", plain)).jar());
        assertThat(bundle.getEntry("com/acme/data.txt")).isNotNull();
        assertThat(bundle.getEntry("META-INF/ACME.SF")).isNull();
    }

    @Test
    public void readsLargeJarsFromAStream() throws Exception {
        byte[] noise = new byte[20 << 20];
        new Random(1).nextBytes(noise);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("META-INF/MANIFEST.MF", TestBundles.manifest(BUNDLE));
        files.put("noise.bin", noise);
        Content content = Content.of(TestBundles.jar(files));

        assertThatCode(() -> builder.check(path("large.jar"), content)).doesNotThrowAnyException();
        assertThat(builder.build(artifact("large.jar", content)).jar()).isSameAs(content);
    }

    @Test
    public void refusesWhatAFrameworkWouldNotInstall() throws Exception {
        String[] headers = {
            "Bundle-ManifestVersion: 3",
            "Bundle-Version: 1.2.x.y",
            "Bundle-SymbolicName: a;singleton:=true",
            "Bundle-SymbolicName: a,b",
            "Bundle-SymbolicName: a=b",
            "Import-Package: com.acme;version=\"[1.0,2.0\"",
            "Import-Package: com.acme;version=\"[1.0,2.0)\",com.acme.two",
            "Import-Package: com.acme;version=one",
            "Import-Package: com.acme;version=[1,2)",
            "Import-Package: com.acme;version=\"1.0\"x",
            "Import-Package: com.acme;version=\"1.0",
            "Import-Package: com.acme,com.acme",
            "Import-Package: com.acme;version=1;version=2",
            "Import-Package: com.acme;resolution:=optional;resolution:=optional",
            "Import-Package: com.acme,",
            "Import-Package: com.acme,,com.acme.two",
            "Import-Package: com.acme;;version=1",
            "Import-Package: version=1",
            "Import-Package: ",
            "Import-Package: .",
            "Import-Package: java.util",
            "Export-Package: java.util",
            "Export-Package: com.acme;com.acme.two;version=1.0;uses:=\"a,b\"",
            "Export-Package: com.acme;version=1.0.0.0.0",
            "Export-Package: com.acme;version=1;com.acme.two",
            "DynamicImport-Package: *;version=x",
            "DynamicImport-Package: com*",
            "DynamicImport-Package: com.acme.*,*",
            "Require-Bundle: a;bundle-version=\"[2,1)\"",
            "Fragment-Host: a;bundle-version=x",
            "Require-Capability: a;filter:=\"(a=b\"",
            "Require-Capability: a;filter:=\"(&(a=b)(c>=1))\";effective:=active",
            "Require-Capability: osgi.wiring.package",
            "Require-Capability: ",
            "Provide-Capability: a;b:List<String>=\"c,d\";v:Version=1.0;l:Long=1;d:Double=1.5",
            "Provide-Capability: a;v:Version=x",
            "Provide-Capability: a;n:Long=many",
            "Provide-Capability: a;n:Double=many",
            "Provide-Capability: a;n:Number=1",
        };
        for (String header : headers) {
            byte[] jar = TestBundles.bundle(with(header));
            assertThat(checks(jar)).as(header).isEqualTo(installs(jar));
        }
    }

    @Test
    public void namesTheHeaderThatIsBad() throws IOException {
        assertThat(refusal(TestBundles.bundle(with("Bundle-Version: one"))))
                .hasMessageStartingWith("orders.jar is refused: its manifest has a bad Bundle-Version 'one': ");
        assertThat(refusal(TestBundles.bundle("no header"))).hasMessageContaining("its manifest cannot be read");
    }

    private boolean checks(byte[] jar) {
        try {
            builder.check(path("orders.jar"), Content.of(jar));
            return true;
        } catch (DeploymentException e) {
            assertThat(e.reason()).isEqualTo(Reason.INVALID);
            return false;
        }
    }

    private static boolean installs(byte[] jar) throws IOException {
        try {
            FRAMEWORK.install(Content.of(jar)).uninstall();
            return true;
        } catch (BundleException e) {
            return false;
        }
    }

    /** Returns the headers of a bundle, one of them replaced. */
    private static String[] with(String header) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : BUNDLE) {
            headers.put(line.substring(0, line.indexOf(':')), line);
        }
        headers.put(header.substring(0, header.indexOf(':')), header);
        return headers.values().toArray(new String[0]);
    }

    private static byte[] plainJar() throws DeploymentException, IOException {
        JavaBundleBuilder compiler = new JavaBundleBuilder(new FrameworkClasspath(FRAMEWORK.context()));
        String source =
                """
                package com.acme.sum;

                import io.serai.api.service.*;

                @ServiceInfo(name = "sum")
                public class Sum implements Service<Void, Integer> {
                    public Integer handle(Void none, Context context) { return 1; }
                }
                """;
        BuiltBundle built = compiler.build(artifact("Sum.java", Content.of(source.getBytes(UTF_8))));
        return TestBundles.withManifest(built.jar(), "Implementation-Title: Sum");
    }

    private DeploymentException refusal(byte[] jar) {
        DeploymentException refusal = catchThrowableOfType(
                DeploymentException.class, () -> builder.check(path("orders.jar"), Content.of(jar)));
        assertThat(refusal.reason()).isEqualTo(Reason.INVALID);
        return refusal;
    }

    private static StatePath path(String name) {
        return StatePath.of("deploy", name);
    }

    private static Artifact artifact(String name, Content content) {
        return new Artifact(path(name), new BlobId("0".repeat(40)), content);
    }
}
