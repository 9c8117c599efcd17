package io.serai.deployer.internal.build;

import io.serai.api.state.Content;
import io.serai.deployer.internal.build.Classpath.ExportedPackage;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A source file that has been compiled.
 *
 * @param packageName its package; empty for the default package
 * @param classes the class files, by resource name
 * @param packages the packages of bundles it was compiled against, by name
 * @param classFiles gives the class files of bundles, by resource name
 */
record CompiledSource(
        String packageName,
        Map<String, Content> classes,
        Map<String, ExportedPackage> packages,
        Function<String, Optional<Content>> classFiles) {
    /** Copies in the order of the names, so that the same source gives the same bundle. */
    CompiledSource {
        classes = Collections.unmodifiableMap(new TreeMap<>(classes));
        packages = Collections.unmodifiableMap(new TreeMap<>(packages));
    }
}
