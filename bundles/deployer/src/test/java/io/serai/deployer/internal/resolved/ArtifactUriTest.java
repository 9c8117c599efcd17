package io.serai.deployer.internal.resolved;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

public class ArtifactUriTest {
    @Test
    public void findsTheSourceWithinWhatWrapsIt() {
        assertThat(ArtifactUri.of("wrap:mvn:acme/a/1.0$Bundle-SymbolicName=acme.a"))
                .isEqualTo(new ArtifactUri("wrap:", "mvn:acme/a/1.0", "$Bundle-SymbolicName=acme.a"));
        assertThat(ArtifactUri.of("http://acme.com/get?file=a.jar;start-level=20"))
                .isEqualTo(new ArtifactUri("", "http://acme.com/get?file=a.jar", ";start-level=20"));
        assertThat(ArtifactUri.of("webbundle:file:/a.war?Web-ContextPath=/a").at("file:/b.war"))
                .isEqualTo("webbundle:file:/b.war?Web-ContextPath=/a");
    }

    @Test
    public void knowsWhereMavenRepositoriesHaveIt() {
        assertPath("mvn:com.acme/a/1.0", "com/acme/a/1.0/a-1.0.jar");
        assertPath("mvn:acme/a/1.0-SNAPSHOT/xml/features", "acme/a/1.0-SNAPSHOT/a-1.0-SNAPSHOT-features.xml");
        assertPath("mvn:http://acme.com/maven@id=x!acme/a/1.0//tests", "acme/a/1.0/a-1.0-tests.jar");
        assertThat(ArtifactUri.of("mvn:acme/a/LATEST").mavenPath()).isEmpty();
        assertThat(ArtifactUri.of("mvn:acme/a/[1,2)").mavenPath()).isEmpty();
        assertThat(ArtifactUri.of("mvn:acme/../1.0").mavenPath()).isEmpty();
        assertThat(ArtifactUri.of("file:/a/b/1.0").mavenPath()).isEmpty();
    }

    private static void assertPath(String uri, String path) {
        assertThat(ArtifactUri.of(uri).mavenPath()).contains(path);
    }

    @Test
    public void givesNamesThatFitAnyDisk() {
        assertThat(ArtifactUri.of("http://acme.com/a%20b.jar?x=/y").fileName()).isEqualTo("a_20b.jar");
        assertThat(ArtifactUri.of("http://acme.com/").fileName()).isEqualTo("artifact");
        assertThat(ArtifactUri.of("http://acme.com/" + "a".repeat(300) + ".jar").fileName())
                .hasSize(100)
                .endsWith("a.jar");
    }
}
