package io.serai.deployer.internal.build;

import io.serai.api.state.Content;
import io.serai.deployer.internal.build.BinaryTypes.BinaryType;
import io.serai.deployer.internal.build.BinaryTypes.View;
import io.serai.deployer.internal.build.Classpath.ExportedPackage;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.env.INameEnvironment;
import org.eclipse.jdt.internal.compiler.env.NameEnvironmentAnswer;

/** What one compilation sees; remembers what it asked for. */
final class SourceEnvironment implements INameEnvironment {
    private final BinaryTypes types;
    private final View view;
    private final Map<String, ExportedPackage> used = new TreeMap<>();

    SourceEnvironment(BinaryTypes types) {
        this.types = types;
        this.view = types.view();
    }

    View view() {
        return view;
    }

    /** Returns the packages of bundles of which the compiler has read classes, by name. */
    Map<String, ExportedPackage> used() {
        return used;
    }

    /** Returns a class file of a bundle by its resource name. */
    Optional<Content> classFile(String resource) {
        int slash = resource.lastIndexOf('/');
        if (slash < 0 || !resource.endsWith(".class")) {
            return Optional.empty();
        }
        String name = resource.substring(slash + 1, resource.length() - ".class".length());
        String container = resource.substring(0, slash).replace('/', '.');
        return exported(container).isEmpty()
                ? Optional.empty()
                : types.find(view, container, name).map(BinaryType::file);
    }

    @Override
    public NameEnvironmentAnswer findType(char[][] compoundTypeName) {
        int last = compoundTypeName.length - 1;
        return findType(compoundTypeName[last], CharOperation.subarray(compoundTypeName, 0, last));
    }

    @Override
    @SuppressWarnings("NullAway") // The compiler's interface is not annotated: null is how it is told "none".
    public NameEnvironmentAnswer findType(char[] typeName, char[][] packageName) {
        String container = CharOperation.toString(packageName);
        String name = new String(typeName);
        Optional<BinaryType> found = types.find(view, container, name);
        if (found.isEmpty()) {
            return null;
        }
        exported(container).ifPresent(exporter -> used.put(container, exporter));
        return new NameEnvironmentAnswer(found.get().reader(), null);
    }

    @Override
    public boolean isPackage(char[][] parentPackageName, char[] packageName) {
        return types.isPackage(view, CharOperation.toString(CharOperation.arrayConcat(parentPackageName, packageName)));
    }

    private Optional<ExportedPackage> exported(String packageName) {
        return packageName.startsWith("java.")
                ? Optional.empty()
                : Optional.ofNullable(view.packages().get(packageName));
    }

    /** Nothing to clean: what it refers to is shared. */
    @Override
    public void cleanup() {}
}
