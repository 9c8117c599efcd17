package io.serai.deployer.internal.build;

import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;

/** What source files are compiled against, besides the JDK: the packages that bundles export. Thread-safe. */
public interface Classpath {

    /**
     * Returns the packages that are exported now, by name; of each the highest version. Called at every compilation:
     * the same map is returned until something has changed.
     */
    Map<String, ExportedPackage> packages();

    /**
     * A package of one revision of one bundle. Two are equal if they are the same package of the same revision, so that
     * what was learned from one holds for the other.
     */
    interface ExportedPackage {

        /** Returns the version it is exported with. */
        Version version();

        /**
         * Returns the class file of a class of this package.
         *
         * @param simpleName the binary name without the package: {@code Map$Entry}
         */
        Optional<byte[]> classFile(String simpleName);
    }
}
