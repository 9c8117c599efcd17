package io.serai.deployer.internal.build;

import java.util.Map;
import org.osgi.framework.BundleContext;

/** The packages that resolved bundles of a framework export. */
public final class FrameworkClasspath implements Classpath {
    private final BundleContext context;

    /** Makes a class path that asks the framework. */
    public FrameworkClasspath(BundleContext context) {
        this.context = context;
    }

    @Override
    public Map<String, ExportedPackage> packages() {
        throw new UnsupportedOperationException(context.toString());
    }
}
