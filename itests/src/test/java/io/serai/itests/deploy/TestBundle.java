package io.serai.itests.deploy;

import io.serai.api.service.Service;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
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
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Makes a jar of sources and headers. */
final class TestBundle {
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<JavaFileObject> sources = new ArrayList<>();

    /** A bundle with a symbolic name and a version. */
    static TestBundle bundle(String symbolicName, String version) {
        return plain()
                .header("Bundle-ManifestVersion", "2")
                .header("Bundle-SymbolicName", symbolicName)
                .header("Bundle-Version", version);
    }

    /** A jar that is no bundle. */
    static TestBundle plain() {
        return new TestBundle();
    }

    TestBundle header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    TestBundle source(String type, String source) {
        sources.add(
                new SimpleJavaFileObject(
                        URI.create("mem:///" + type.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                });
        return this;
    }

    /** Adds a service that answers {@code GET /<name>} with a text, and what declares it. */
    TestBundle service(String type, String name, String text) {
        String declared = headers.getOrDefault("Provide-Capability", "");
        header("Provide-Capability", (declared.isEmpty() ? "" : declared + ",") + "io.serai.service;class=" + type);
        header("Import-Package", "io.serai.api.service");
        return source(type, serviceSource(type, name, text));
    }

    /** Returns the source of a service that answers {@code GET /<name>} with a text. */
    static String serviceSource(String type, String name, String text) {
        return """
                import io.serai.api.service.*;
                @ServiceInfo(name = "%2$s", rest = "GET /%2$s")
                public class %1$s implements Service<%1$s.Query, %1$s.Answer> {
                    public record Query() {}
                    public record Answer(String text) {}
                    @Override public Answer handle(Query query, Context context) { return new Answer("%3$s"); }
                }
                """.formatted(type, name, text);
    }

    byte[] jar() {
        try {
            Path classes = Files.createTempDirectory("classes");
            compile(classes);
            Manifest manifest = new Manifest();
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            headers.forEach(manifest.getMainAttributes()::putValue);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JarOutputStream out = new JarOutputStream(bytes, manifest);
                    Stream<Path> files = Files.walk(classes)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                    Files.copy(file, out);
                }
            }
            return bytes.toByteArray();
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private void compile(Path classes) throws IOException, URISyntaxException {
        if (sources.isEmpty()) {
            return;
        }
        String classPath = Path.of(Service.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                + ":"
                + Path.of(org.osgi.framework.Bundle.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI());
        List<String> options = List.of("--release", "17", "-proc:none", "-d", classes.toString(), "-cp", classPath);
        if (!ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, options, null, sources)
                .call()) {
            throw new AssertionError("The sources of the test do not compile");
        }
    }
}
