package io.serai.itests.deploy;

import io.serai.api.service.Service;
import io.serai.itests.node.Scratch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.IntStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.osgi.framework.Bundle;

/** Makes a jar of sources and headers. */
public final class TestBundle {
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, byte[]> resources = new LinkedHashMap<>();
    private final List<String> types = new ArrayList<>();
    private final List<JavaFileObject> sources = new ArrayList<>();

    /** A bundle with a symbolic name and a version. */
    public static TestBundle bundle(String symbolicName, String version) {
        return plain().header("Bundle-ManifestVersion", "2")
                .header("Bundle-SymbolicName", symbolicName)
                .header("Bundle-Version", version);
    }

    /** A jar that is no bundle. */
    public static TestBundle plain() {
        return new TestBundle();
    }

    /** Adds a header to the manifest. */
    public TestBundle header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Adds a text file. */
    public TestBundle resource(String name, String content) {
        return resource(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a file. */
    public TestBundle resource(String name, byte[] content) {
        resources.put(name, content);
        return this;
    }

    /** Adds a type. */
    public TestBundle source(String type, String source) {
        types.add(type);
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
    public TestBundle service(String type, String name, String text) {
        String declared = headers.getOrDefault("Provide-Capability", "");
        header("Provide-Capability", (declared.isEmpty() ? "" : declared + ",") + "io.serai.service;class=" + type);
        header("Import-Package", "io.serai.api.service");
        return source(type, serviceSource(type, name, text));
    }

    /** Adds a service that Declarative Services registers, in whatever way the bundle is installed. */
    public TestBundle component(String type, String name, String text) {
        return header("Import-Package", "io.serai.api.service")
                .header("Service-Component", "OSGI-INF/component.xml")
                .source(type, serviceSource(type, name, text))
                .resource(
                        "OSGI-INF/component.xml",
                        """
                        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%1$s">
                          <implementation class="%1$s"/>
                          <service><provide interface="io.serai.api.service.Service"/></service>
                        </scr:component>
                        """
                                .formatted(type));
    }

    /** Returns the source of a service that answers {@code GET /<name>} with a text. */
    public static String serviceSource(String type, String name, String text) {
        return """
                import io.serai.api.service.*;
                @ServiceInfo(name = "%2$s", rest = "GET /%2$s")
                public class %1$s implements Service<%1$s.Query, %1$s.Answer> {
                    public record Query() {}
                    public record Answer(String text) {}
                    @Override public Answer handle(Query query, Context context) { return new Answer("%3$s"); }
                }
                """
                .formatted(type, name, text);
    }

    /** Returns the jar. */
    public byte[] jar() {
        return jars(1, i -> this)[0];
    }

    /** Returns the jars of bundles, all compiled in one go; no two of them may have a type of the same name. */
    public static byte[][] jars(int count, IntFunction<TestBundle> bundles) {
        try {
            List<TestBundle> all = IntStream.range(0, count).mapToObj(bundles).toList();
            Path classes = Scratch.folder("classes");
            compile(all.stream().flatMap(b -> b.sources.stream()).toList(), classes);
            byte[][] jars = new byte[count][];
            for (int i = 0; i < count; i++) {
                jars[i] = all.get(i).jar(classes);
            }
            return jars;
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] jar(Path classes) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach(manifest.getMainAttributes()::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
            for (Path file : classFiles(classes)) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
            for (Map.Entry<String, byte[]> resource : resources.entrySet()) {
                out.putNextEntry(new JarEntry(resource.getKey()));
                out.write(resource.getValue());
            }
        }
        return bytes.toByteArray();
    }

    /** Returns the compiled types of this bundle, with the types they enclose. */
    private List<Path> classFiles(Path classes) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String type : types) {
            Path outer = classes.resolve(type.replace('.', '/') + ".class");
            String enclosed = type.substring(type.lastIndexOf('.') + 1) + "$*.class";
            files.add(outer);
            try (DirectoryStream<Path> inner = Files.newDirectoryStream(outer.getParent(), enclosed)) {
                inner.forEach(files::add);
            }
        }
        return files;
    }

    private static void compile(List<JavaFileObject> sources, Path classes) throws IOException, URISyntaxException {
        if (sources.isEmpty()) {
            return;
        }
        String classPath = origin(Service.class) + ":" + origin(Bundle.class);
        List<String> options = List.of("--release", "17", "-proc:none", "-d", classes.toString(), "-cp", classPath);
        if (!ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, options, null, sources)
                .call()) {
            throw new AssertionError("The sources of the test do not compile");
        }
    }

    private static Path origin(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
