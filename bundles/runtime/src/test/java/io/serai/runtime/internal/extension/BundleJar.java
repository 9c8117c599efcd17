package io.serai.runtime.internal.extension;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Makes bundles of sources, as a user's build would. */
final class BundleJar {
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> resources = new LinkedHashMap<>();
    private final List<String> capabilities = new ArrayList<>();
    private final Attributes headers = new Attributes();

    BundleJar(String symbolicName, String version) {
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        header("Bundle-ManifestVersion", "2");
        header("Bundle-SymbolicName", symbolicName);
        header("Bundle-Version", version);
        header("Import-Package", "io.serai.api.service, org.osgi.framework");
    }

    BundleJar header(String name, String value) {
        headers.putValue(name, value);
        return this;
    }

    BundleJar resource(String path, String content) {
        resources.put(path, content);
        return this;
    }

    /** Adds a class of the package {@code acme}; imports of the API are there already. */
    BundleJar type(String name, String source) {
        sources.put(name, "package acme; import io.serai.api.service.*; import java.util.*; " + source);
        return this;
    }

    /** Adds a class that the manifest declares to be a service. */
    BundleJar service(String name, String source) {
        capabilities.add("io.serai.service;class=\"acme." + name + "\"");
        return type(name, source);
    }

    InputStream open() {
        try {
            return new ByteArrayInputStream(bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] bytes() throws IOException {
        if (!capabilities.isEmpty()) {
            header("Provide-Capability", String.join(", ", capabilities));
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putAll(headers);
        Path classes = compile();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                jar.write(Files.readAllBytes(file));
            }
            for (Map.Entry<String, String> resource : resources.entrySet()) {
                jar.putNextEntry(new JarEntry(resource.getKey()));
                jar.write(resource.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private Path compile() throws IOException {
        Path classes = Files.createTempDirectory("serai-classes");
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none", "-nowarn", "-d", classes.toString(), "-cp", System.getProperty("java.class.path")));
        Path folder = Files.createTempDirectory("serai-sources");
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve(source.getKey() + ".java");
            Files.writeString(file, source.getValue());
            arguments.add(file.toString());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (!sources.isEmpty() && compiler.run(null, null, null, arguments.toArray(new String[0])) != 0) {
            throw new IOException("Cannot compile " + sources.keySet());
        }
        return classes;
    }
}
