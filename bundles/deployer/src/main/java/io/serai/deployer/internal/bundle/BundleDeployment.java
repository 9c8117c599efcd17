package io.serai.deployer.internal.bundle;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.BundleExtension;
import io.serai.api.deploy.BundleExtension.Activation;
import io.serai.api.state.BlobId;
import io.serai.api.state.StatePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;

/** One version of an artifact as a bundle, from its installation to its end. Used by one thread at a time. */
final class BundleDeployment {
    private final Artifact artifact;
    private final BundleLocation location;

    /** Null until it is installed. */
    @Nullable Bundle bundle;

    List<String> warnings = List.of();

    /** The extensions that have looked at it. */
    final Set<BundleExtension> consulted = new HashSet<>();

    /** What extensions prepared of it, published or not. */
    final Map<BundleExtension, Activation> activations = new LinkedHashMap<>();

    /** What serves, by the extension that published it. */
    final Map<BundleExtension, String> served = new LinkedHashMap<>();

    /** The wiring it was published with; another one means other classes. */
    @Nullable BundleWiring wiring;

    /** Whether it is wired to a bundle that has been replaced or removed, or was disturbed from outside. */
    boolean stale;

    /** Whether a job is on its way with it. */
    boolean underWay;

    /** Whether it declares something that an extender brings up, and can take down again. */
    boolean conditional;

    /** What serves in its place at another path, until it does. */
    @Nullable BundleDeployment supersedes;

    /** Whether it is to serve again in place of a wanted version that does not; nobody else asks for it then. */
    boolean restored;

    /** Whether it was found in the framework's cache and stands in for a version that is yet to be tried. */
    boolean standIn;

    BundleDeployment(Artifact artifact, BundleLocation location) {
        this.artifact = artifact;
        this.location = location;
    }

    Artifact artifact() {
        return artifact;
    }

    StatePath path() {
        return artifact.path();
    }

    BlobId blob() {
        return artifact.blob();
    }

    BundleLocation location() {
        return location;
    }

    Bundle installed() {
        Bundle present = bundle;
        if (present == null) {
            throw new IllegalStateException(path() + " is not installed");
        }
        return present;
    }

    boolean fragment() {
        BundleRevision revision = installed().adapt(BundleRevision.class);
        return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    /** Returns whether its bundle tolerates no other of its name. */
    boolean singleton() {
        BundleRevision revision = installed().adapt(BundleRevision.class);
        return revision != null
                && revision.getDeclaredCapabilities(BundleNamespace.BUNDLE_NAMESPACE).stream()
                        .anyMatch(each -> "true"
                                .equals(each.getDirectives().get(BundleNamespace.CAPABILITY_SINGLETON_DIRECTIVE)));
    }

    /** Returns whether its bundle is started, so that only what it declares can be missing. */
    boolean started() {
        Bundle present = bundle;
        return present != null && present.getState() == Bundle.ACTIVE;
    }

    boolean running() {
        Bundle present = bundle;
        if (present == null) {
            return false;
        }
        BundleWiring current = present.adapt(BundleWiring.class);
        return current != null && current.equals(wiring) && (fragment() || present.getState() == Bundle.ACTIVE);
    }

    /** Forgets what extensions published that are gone. */
    boolean retain(List<BundleExtension> extensions) {
        boolean lost = activations.keySet().retainAll(extensions);
        served.keySet().retainAll(extensions);
        return consulted.retainAll(extensions) || lost || !consulted.containsAll(extensions);
    }

    /** Returns whether its bundle offers packages to others. */
    boolean exporting() {
        Bundle present = bundle;
        BundleWiring current = present == null ? null : present.adapt(BundleWiring.class);
        return current != null
                && (!current.getCapabilities(PackageNamespace.PACKAGE_NAMESPACE).isEmpty() || fragment());
    }

    /** Returns what serves, for people. */
    String description() {
        List<String> parts = new ArrayList<>(served.values());
        parts.removeIf(String::isEmpty);
        if (parts.isEmpty()) {
            parts.add((fragment() ? "fragment " : "bundle ") + installed().getSymbolicName() + " "
                    + installed().getVersion());
        }
        String description = String.join(", ", parts);
        return warnings.isEmpty() ? description : description + ". Warning: " + String.join(" ", warnings);
    }
}
