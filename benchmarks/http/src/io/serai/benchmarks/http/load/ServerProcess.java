package io.serai.benchmarks.http.load;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server in a JVM of its own. */
record ServerProcess(Process process, int port) implements AutoCloseable {
    /** Starts it by its class in a package beside this one; returns when it listens. */
    static ServerProcess start(String classPath, String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx256m",
                "-cp",
                classPath,
                "io.serai.benchmarks.http." + main));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("port ")) {
                return new ServerProcess(process, Integer.parseInt(line.substring("port ".length())));
            }
        }
        throw new IOException(main + " did not start");
    }

    /** Returns how long it has computed. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroy();
    }

    static String classPath(Path folder, Path classes) {
        return classes + File.pathSeparator + folder + File.separator + "*";
    }

    /** Returns all jars but those of the framework itself and of logging, which it lends to all bundles, and some of Serai's. */
    static String bundles(Path jars, Path folder, List<String> names) throws IOException {
        try (Stream<Path> files = Files.list(jars)) {
            Stream<String> others = files.map(Path::toString).filter(path -> !path.contains("org.apache.felix.framework")
                    && !path.contains("slf4j")
                    && !path.contains("osgi.annotation")
                    && !path.contains("osgi.namespace"));
            Stream<String> own = names.stream()
                    .map(name -> folder.resolve(name + "-0.1.0.jar").toString());
            return Stream.concat(others, own).collect(Collectors.joining(File.pathSeparator));
        }
    }
}
