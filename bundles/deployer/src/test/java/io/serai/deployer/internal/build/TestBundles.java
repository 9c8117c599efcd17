package io.serai.deployer.internal.build;

import io.serai.api.state.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Jars for tests. */
final class TestBundles {
    private TestBundles() {}

    /** Returns a jar of these files, in this order. */
    static byte[] jar(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    /** Returns a jar of a manifest with these lines and a class-like file. */
    static byte[] bundle(String... headers) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("META-INF/MANIFEST.MF", manifest(headers));
        files.put("com/acme/data.txt", "some data, some data, some data".getBytes(StandardCharsets.UTF_8));
        return jar(files);
    }

    static byte[] manifest(String... headers) {
        return ("Manifest-Version: 1.0\n" + String.join("\n", headers) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the classes of a bundle as a bundle that exports them. */
    static Content exporting(String exports, BuiltBundle built) throws IOException {
        return Content.of(withManifest(
                built.jar(),
                "Bundle-ManifestVersion: 2",
                "Bundle-SymbolicName: library." + System.nanoTime(),
                "Export-Package: " + exports));
    }

    /** Returns the classes of a jar with another manifest. */
    static byte[] withManifest(Content jar, String... headers) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("META-INF/MANIFEST.MF", manifest(headers));
        try (JarInputStream in = new JarInputStream(jar.open())) {
            for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                if (entry.getName().endsWith(".class")) {
                    files.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return jar(files);
    }
}
