package io.serai.shell.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** The classes that Karaf finds by the header {@code Karaf-Commands}. */
final class CommandClasses {
    private CommandClasses() {}

    static List<Class<?>> all() {
        try {
            Path classes = Path.of(SeraiCommand.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (Stream<Path> files = Files.walk(classes)) {
                return files.map(file -> classes.relativize(file).toString())
                        .filter(file -> file.endsWith(".class"))
                        .map(file -> file.replace(".class", "").replace('/', '.'))
                        .<Class<?>>map(CommandClasses::load)
                        .filter(type -> type.isAnnotationPresent(Service.class))
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
