package io.serai.deployer.internal.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;

/** The packages that the resolved bundles of a framework export. */
public final class FrameworkClasspath implements Classpath {
    private final BundleContext context;
    private volatile State last = new State(List.of(), Map.of(), Map.of());

    /** Makes a class path that asks the framework. */
    public FrameworkClasspath(BundleContext context) {
        this.context = context;
    }

    @Override
    public Map<String, ExportedPackage> packages() {
        List<BundleWiring> wirings = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            BundleWiring wiring = bundle.adapt(BundleWiring.class);
            if (wiring != null) {
                wirings.add(wiring);
            }
        }
        State state = last;
        if (!state.wirings().equals(wirings)) {
            state = state.next(wirings);
            last = state;
        }
        return state.packages();
    }

    /** What was found for a list of wirings. What a wiring exports never changes, so it is carried over. */
    private record State(
            List<BundleWiring> wirings,
            Map<BundleWiring, List<WiredPackage>> exports,
            Map<String, ExportedPackage> packages) {

        State next(List<BundleWiring> now) {
            Map<BundleWiring, List<WiredPackage>> found = new HashMap<>();
            Map<String, ExportedPackage> highest = new HashMap<>();
            for (BundleWiring wiring : now) {
                List<WiredPackage> known = exports.get(wiring);
                List<WiredPackage> exported = known == null ? exportsOf(wiring) : known;
                found.put(wiring, exported);
                for (WiredPackage candidate : exported) {
                    highest.merge(candidate.name(), candidate, State::higher);
                }
            }
            // Most bundles export nothing: then nothing has changed for those who compile.
            boolean same = highest.equals(packages);
            return new State(now, found, same ? packages : Collections.unmodifiableMap(highest));
        }

        private static ExportedPackage higher(ExportedPackage first, ExportedPackage second) {
            return second.version().compareTo(first.version()) > 0 ? second : first;
        }

        private static List<WiredPackage> exportsOf(BundleWiring wiring) {
            List<WiredPackage> exported = new ArrayList<>();
            List<BundleCapability> capabilities = wiring.getCapabilities(PackageNamespace.PACKAGE_NAMESPACE);
            if (capabilities == null) {
                return exported; // It has been uninstalled meanwhile.
            }
            for (BundleCapability capability : capabilities) {
                // An import without the mandatory attributes, which is what bnd writes, would not be wired to these.
                if (!capability.getDirectives().containsKey(PackageNamespace.CAPABILITY_MANDATORY_DIRECTIVE)) {
                    exported.add(WiredPackage.of(wiring, capability));
                }
            }
            return exported;
        }
    }

    /** A package of a wiring, which identifies the revision. */
    private record WiredPackage(BundleWiring wiring, String name, Version version) implements ExportedPackage {

        static WiredPackage of(BundleWiring wiring, BundleCapability capability) {
            Map<String, Object> attributes = capability.getAttributes();
            Object version = attributes.get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE);
            return new WiredPackage(
                    wiring,
                    String.valueOf(attributes.get(PackageNamespace.PACKAGE_NAMESPACE)),
                    version instanceof Version exact ? exact : Version.emptyVersion);
        }

        @Override
        public Optional<byte[]> classFile(String simpleName) {
            ClassLoader loader = wiring.getClassLoader();
            if (loader == null) {
                return Optional.empty();
            }
            String resource = name.replace('.', '/') + '/' + simpleName + ".class";
            try (InputStream in = loader.getResourceAsStream(resource)) {
                return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read " + resource + " from " + wiring.getBundle(), e);
            } catch (IllegalStateException e) { // The jar of an uninstalled bundle is closed.
                return Optional.empty();
            }
        }
    }
}
