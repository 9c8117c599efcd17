package io.serai.camel.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.impl.engine.DefaultFactoryFinder;
import org.apache.camel.spi.ClassResolver;
import org.apache.camel.spi.FactoryFinder;
import org.apache.camel.spi.FactoryFinderResolver;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Finds Camel's factories in this bundle and in those that import packages of it. The finder of {@code camel-core-osgi}
 * opens every bundle of the framework for each factory that is not there, which is most of the time a context takes to
 * start on a node with a thousand bundles.
 */
final class WiredFactoryFinder extends DefaultFactoryFinder {
    private final Bundle core;

    /**
     * Makes such finders.
     *
     * @param core this bundle
     */
    record Resolver(Bundle core) implements FactoryFinderResolver {
        @Override
        public FactoryFinder resolveFactoryFinder(ClassResolver classResolver, String path) {
            return new WiredFactoryFinder(core, classResolver, path);
        }

        @Override
        public FactoryFinder resolveBootstrapFactoryFinder(ClassResolver classResolver, String path) {
            return resolveFactoryFinder(classResolver, path);
        }
    }

    WiredFactoryFinder(Bundle core, ClassResolver classResolver, String path) {
        super(classResolver, path);
        this.core = core;
    }

    @Override
    public Optional<Class<?>> findClass(String key) {
        return Optional.ofNullable(addToClassMap(key, () -> load(key)));
    }

    @Override
    public Optional<Class<?>> findOptionalClass(String key) {
        return findClass(key);
    }

    private @Nullable Class<?> load(String key) throws IOException, ClassNotFoundException {
        String path = getResourcePath() + key;
        URL own = core.getEntry(path);
        if (own != null) {
            return load(core, own);
        }
        for (Bundle bundle : importers()) {
            URL entry = entry(bundle, path);
            if (entry != null) {
                return load(bundle, entry);
            }
        }
        return null;
    }

    private static Class<?> load(Bundle bundle, URL entry) throws IOException, ClassNotFoundException {
        Properties properties = new Properties();
        try (InputStream in = entry.openStream()) {
            properties.load(in);
        }
        String className = properties.getProperty("class");
        if (className == null) {
            throw new IOException("Factory " + entry + " has no property 'class'");
        }
        return bundle.loadClass(className);
    }

    private static @Nullable URL entry(Bundle bundle, String path) {
        try {
            return bundle.getEntry(path);
        } catch (IllegalStateException e) { // uninstalled: its wires stay until the framework has let go of it
            return null;
        }
    }

    private Set<Bundle> importers() {
        Set<Bundle> bundles = new LinkedHashSet<>();
        for (BundleWire wire : core.adapt(BundleWiring.class).getProvidedWires(PackageNamespace.PACKAGE_NAMESPACE)) {
            bundles.add(wire.getRequirer().getBundle());
        }
        return bundles;
    }
}
