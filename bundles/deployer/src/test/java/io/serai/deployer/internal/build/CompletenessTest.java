package io.serai.deployer.internal.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.Test;

public class CompletenessTest {
    private static final String SOURCE =
            """
            package com.acme; // } not this one
            /* nor } this */
            class A {
                String s = "}\\"}", t = \"""
                    } "" \\\"""
                    \""";
                char c = '}', d = '\\'';
            }
            // end
            """;

    @Test
    public void seesACutOffArchive() throws IOException {
        byte[] jar = TestBundles.bundle("Bundle-SymbolicName: a");

        assertThat(whole("a.jar", jar)).isTrue();
        for (int length = 0; length < jar.length; length++) {
            assertThat(whole("a.jar", Arrays.copyOf(jar, length)))
                    .as("%d bytes", length)
                    .isFalse();
        }
        assertThat(whole("a.kar", Arrays.copyOf(jar, jar.length + 1))).isFalse();
    }

    @Test
    public void seesAnArchiveWithoutItsStart() throws IOException {
        byte[] jar = TestBundles.bundle("Bundle-SymbolicName: a");

        assertThat(whole("a.jar", Arrays.copyOfRange(jar, 10, jar.length))).isFalse();
    }

    @Test
    public void seesACutOffSource() throws IOException {
        assertThat(whole("A.java", SOURCE)).isTrue();
        int end = SOURCE.lastIndexOf('}');
        for (int length = 0; length <= end; length++) {
            assertThat(whole("A.java", SOURCE.substring(0, length)))
                    .as("%d characters", length)
                    .isFalse();
        }
    }

    @Test
    public void takesASourceWithTooManyBracesForWhole() throws IOException {
        assertThat(whole("A.java", "class A { } }")).isTrue();
    }

    @Test
    public void seesCutOffXml() throws IOException {
        String xml = "<?xml version=\"1.0\"?>\n<b:blueprint xmlns:b=\"urn:x\"><a/><b:bean/></b:blueprint >";

        assertThat(whole("a.xml", xml + "\n<!-- end --> <?pi?>\n")).isTrue();
        assertThat(whole("a.xml", "<features name=\"x\"/>\n")).isTrue();
        for (int length = 0; length < xml.length(); length++) {
            assertThat(whole("a.xml", xml.substring(0, length)))
                    .as("%d characters", length)
                    .isFalse();
        }
    }

    @Test
    public void takesOtherKindsForWhole() throws IOException {
        assertThat(whole("a.cfg", "")).isTrue();
        assertThat(whole("a.camel.yaml", "- from:")).isTrue();
    }

    private static boolean whole(String name, String text) throws IOException {
        return whole(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean whole(String name, byte[] bytes) throws IOException {
        return Completeness.looksWhole(StatePath.of("deploy", name), Content.of(bytes));
    }
}
