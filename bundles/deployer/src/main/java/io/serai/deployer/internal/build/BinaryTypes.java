package io.serai.deployer.internal.build;

import io.serai.api.state.Content;
import io.serai.deployer.internal.build.Classpath.ExportedPackage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFileReader;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFormatException;

/** The types that sources may refer to, read from class files once for all compilations. Thread-safe. */
final class BinaryTypes {
    private final Classpath classpath;
    private final JdkClasses jdk = new JdkClasses();
    private final Map<String, Optional<BinaryType>> jdkTypes = new ConcurrentHashMap<>();
    private final Map<ExportedPackage, Map<String, Optional<BinaryType>>> bundleTypes = new ConcurrentHashMap<>();
    private volatile View last = View.of(Map.of());

    /**
     * A class file and what the compiler made of it.
     *
     * @param reader immutable once it is made, so that compilations share it
     */
    record BinaryType(ClassFileReader reader, Content file) {}

    /** What can be seen at one moment. */
    record View(Map<String, ExportedPackage> packages, Set<String> withParents) {
        static View of(Map<String, ExportedPackage> packages) {
            return new View(packages, JdkClasses.withParents(packages.keySet()));
        }
    }

    BinaryTypes(Classpath classpath) {
        this.classpath = classpath;
    }

    /** Returns what can be seen now; forgets the types of packages that are gone. */
    View view() {
        Map<String, ExportedPackage> packages = classpath.packages();
        View view = last;
        if (view.packages() != packages) {
            view = View.of(packages);
            last = view;
            bundleTypes.keySet().retainAll(Set.copyOf(packages.values()));
        }
        return view;
    }

    boolean isPackage(View view, String name) {
        return view.withParents().contains(name) || jdk.isPackage(name);
    }

    /** Returns whether a package is there, rather than only packages below it. */
    boolean hasTypes(View view, String name) {
        return view.packages().containsKey(name) || jdk.hasTypes(name);
    }

    /** Finds a type: of a bundle if one exports the package, else of the JDK. Packages java.* are the JDK's alone. */
    Optional<BinaryType> find(View view, String packageName, String simpleName) {
        ExportedPackage exported =
                packageName.startsWith("java.") ? null : view.packages().get(packageName);
        if (exported == null) {
            return jdk.isPackage(packageName) ? jdkType(packageName, simpleName) : Optional.empty();
        }
        return bundleTypes
                .computeIfAbsent(exported, key -> new ConcurrentHashMap<>())
                .computeIfAbsent(simpleName, name -> read(packageName, name, exported.classFile(name)));
    }

    private Optional<BinaryType> jdkType(String packageName, String simpleName) {
        return jdkTypes.computeIfAbsent(
                packageName + '.' + simpleName,
                key -> read(packageName, simpleName, jdk.classFile(packageName, simpleName)));
    }

    private static Optional<BinaryType> read(String packageName, String simpleName, Optional<byte[]> bytes) {
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            String name = packageName.replace('.', '/') + '/' + simpleName + ".class";
            return Optional.of(
                    new BinaryType(new ClassFileReader(bytes.get(), name.toCharArray()), Content.of(bytes.get())));
        } catch (ClassFormatException e) {
            // A class this compiler cannot read is as good as absent; the source that needs it is told so.
            return Optional.empty();
        }
    }
}
