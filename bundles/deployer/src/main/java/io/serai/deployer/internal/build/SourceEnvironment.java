package io.serai.deployer.internal.build;

import io.serai.api.state.Content;
import io.serai.deployer.internal.build.BinaryTypes.BinaryType;
import io.serai.deployer.internal.build.BinaryTypes.View;
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
    private final Map<String, Content> used = new TreeMap<>();

    SourceEnvironment(BinaryTypes types) {
        this.types = types;
        this.view = types.view();
    }

    View view() {
        return view;
    }

    /** Returns the class files of bundles that the compiler has read, by resource name. */
    Map<String, Content> used() {
        return used;
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
        if (view.packages().containsKey(container) && !container.startsWith("java.")) {
            used.put(
                    container.replace('.', '/') + '/' + name + ".class",
                    found.get().file());
        }
        return new NameEnvironmentAnswer(found.get().reader(), null);
    }

    @Override
    public boolean isPackage(char[][] parentPackageName, char[] packageName) {
        return types.isPackage(view, CharOperation.toString(CharOperation.arrayConcat(parentPackageName, packageName)));
    }

    /** Nothing to clean: what it refers to is shared. */
    @Override
    public void cleanup() {}
}
