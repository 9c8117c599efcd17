package io.serai.benchmarks.node;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Makes jars of generated services, and the like for a container without Serai. */
final class ServiceJars {
    private final Path work;
    private final Path api;

    ServiceJars(Path work, Path api) {
        this.work = work;
        this.api = api;
    }

    /** Returns the source of a service that answers {@code GET /<path>} with the text. */
    static String source(String type, String path, String text) {
        return """
                import io.serai.api.service.*;
                @ServiceInfo(name = "%2$s", rest = "GET /%2$s")
                public class %1$s implements Service<%1$s.Query, %1$s.Answer> {
                    public record Query() {}
                    public record Answer(String text) {}
                    @Override public Answer handle(Query query, Context context) { return new Answer("%3$s"); }
                }
                """.formatted(type, path, text);
    }

    /** Writes one jar for each service of a round: {@code GET /<prefix><n>} answers {@code <text>}. */
    Path single(String prefix, int count, String text) throws IOException {
        Path classes = compile(prefix, count, text);
        Path jars = Files.createDirectories(work.resolve("jars-" + prefix));
        for (int i = 0; i < count; i++) {
            String type = type(prefix, i);
            write(jars.resolve(prefix + i + ".jar"), type, List.of(type), classes);
        }
        return jars;
    }

    /** Writes one jar with all services of a round. */
    Path together(String prefix, int count, String text) throws IOException {
        Path classes = compile(prefix, count, text);
        Path jar = work.resolve(prefix + ".jar");
        write(jar, prefix, IntStream.range(0, count).mapToObj(i -> type(prefix, i)).toList(), classes);
        return jar;
    }

    /** Adds an entry of noise, which cannot be compressed, to a jar. */
    static void enlarge(Path jar, int bytes) throws IOException {
        byte[] noise = new byte[bytes];
        new Random(bytes).nextBytes(noise);
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            Files.write(files.getPath("noise"), noise);
        }
    }

    /** Writes bundles for any container: the activator of each creates a file, so that it is seen to run. */
    Path activators(String prefix, int count, Path marks) throws IOException {
        List<JavaFileObject> units = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String type = type(prefix, i);
            units.add(unit(type, """
                    import java.nio.file.*;
                    public class %1$s implements org.osgi.framework.BundleActivator {
                        public void start(org.osgi.framework.BundleContext context) throws Exception {
                            Files.createFile(Path.of("%2$s", "%1$s"));
                        }
                        public void stop(org.osgi.framework.BundleContext context) {}
                    }
                    """.formatted(type, marks)));
        }
        units.add(unit("org.osgi.framework.BundleContext", "package org.osgi.framework; public interface BundleContext {}"));
        units.add(unit("org.osgi.framework.BundleActivator", """
                package org.osgi.framework;
                public interface BundleActivator {
                    void start(BundleContext context) throws Exception;
                    void stop(BundleContext context) throws Exception;
                }
                """));
        Path classes = compile(units, "classes-" + prefix);
        Path jars = Files.createDirectories(work.resolve("jars-" + prefix));
        for (int i = 0; i < count; i++) {
            Manifest manifest = manifest(type(prefix, i));
            manifest.getMainAttributes().putValue("Bundle-Activator", type(prefix, i));
            manifest.getMainAttributes().putValue("Import-Package", "org.osgi.framework");
            write(jars.resolve(prefix + i + ".jar"), manifest, List.of(type(prefix, i)), classes);
        }
        return jars;
    }

    private static String type(String prefix, int number) {
        return Character.toUpperCase(prefix.charAt(0)) + prefix.substring(1) + number;
    }

    private Path compile(String prefix, int count, String text) throws IOException {
        List<JavaFileObject> units = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            units.add(unit(type(prefix, i), source(type(prefix, i), prefix + i, text)));
        }
        return compile(units, "classes-" + prefix);
    }

    private Path compile(List<JavaFileObject> units, String folder) throws IOException {
        Path classes = Files.createDirectories(work.resolve(folder));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options = List.of("--release", "17", "-proc:none", "-d", classes.toString(), "-cp", api.toString());
        if (!compiler.getTask(null, null, null, options, null, units).call()) {
            throw new IllegalStateException("The generated services do not compile");
        }
        return classes;
    }

    private static JavaFileObject unit(String type, String source) {
        return new SimpleJavaFileObject(
                URI.create("mem:///" + type.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }

    private static void write(Path jar, String name, List<String> types, Path classes) throws IOException {
        Manifest manifest = manifest(name);
        Attributes main = manifest.getMainAttributes();
        main.putValue("Import-Package", "io.serai.api.service;version=\"[0.1,1)\"");
        main.putValue(
                "Provide-Capability",
                String.join(",", types.stream().map(t -> "io.serai.service;class=\"" + t + "\"").toList()));
        write(jar, manifest, types, classes);
    }

    private static Manifest manifest(String name) {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "bench." + name);
        main.putValue("Bundle-Version", "1.0.0");
        return manifest;
    }

    private static void write(Path jar, Manifest manifest, List<String> types, Path classes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
            for (String type : types) {
                for (String name : List.of(type, type + "$Query", type + "$Answer")) {
                    Path file = classes.resolve(name + ".class");
                    if (Files.exists(file)) {
                        out.putNextEntry(new JarEntry(name + ".class"));
                        Files.copy(file, out);
                    }
                }
            }
        }
        Files.write(jar, bytes.toByteArray());
    }

    /** Moves every file of a folder into another one of the same disk, as {@code mv folder/* target} does. */
    static void moveAll(Path folder, Path target) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.sorted().forEach(file -> {
                try {
                    Files.move(file, target.resolve(file.getFileName()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
