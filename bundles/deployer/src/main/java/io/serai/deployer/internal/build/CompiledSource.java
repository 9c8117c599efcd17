package io.serai.deployer.internal.build;

import io.serai.api.state.Content;
import io.serai.deployer.internal.build.Classpath.ExportedPackage;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A source file that has been compiled.
 *
 * @param packageName its package; empty for the default package
 * @param classes the class files, by resource name
 * @param used the class files of bundles it was compiled against, by resource name
 * @param packages the packages of bundles it was compiled against, by name
 */
record CompiledSource(
        String packageName,
        Map<String, Content> classes,
        Map<String, Content> used,
        Map<String, ExportedPackage> packages) {
    /** Copies in the order of the names, so that the same source gives the same bundle. */
    CompiledSource {
        classes = Collections.unmodifiableMap(new TreeMap<>(classes));
        used = Collections.unmodifiableMap(new TreeMap<>(used));
        packages = Collections.unmodifiableMap(new TreeMap<>(packages));
    }
}
