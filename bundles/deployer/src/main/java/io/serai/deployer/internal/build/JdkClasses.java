package io.serai.deployer.internal.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The class files of the JDK that runs this. A JRE has them, too: they are read from its modules. */
final class JdkClasses {
    private final Map<String, Module> modules = new HashMap<>();
    private final Set<String> packages;

    JdkClasses() {
        for (Module module : ModuleLayer.boot().modules()) {
            module.getPackages().forEach(name -> modules.put(name, module));
        }
        packages = withParents(modules.keySet());
    }

    /** Returns the names and those of all packages above them: {@code java.util} makes {@code java} a package. */
    static Set<String> withParents(Collection<String> names) {
        Set<String> all = new HashSet<>();
        for (String name : names) {
            String parent = name;
            while (all.add(parent) && parent.indexOf('.') > 0) {
                parent = parent.substring(0, parent.lastIndexOf('.'));
            }
        }
        return all;
    }

    boolean isPackage(String name) {
        return packages.contains(name);
    }

    boolean hasTypes(String name) {
        return modules.containsKey(name);
    }

    Optional<byte[]> classFile(String packageName, String simpleName) {
        Module module = modules.get(packageName);
        if (module == null) {
            return Optional.empty();
        }
        String resource = packageName.replace('.', '/') + '/' + simpleName + ".class";
        try (InputStream in = module.getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + resource + " from the JDK", e);
        }
    }
}
