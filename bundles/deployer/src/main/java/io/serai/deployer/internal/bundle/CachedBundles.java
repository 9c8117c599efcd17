package io.serai.deployer.internal.bundle;

import io.serai.api.state.BlobId;
import io.serai.api.state.StatePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Bundles of ours that the framework has kept since it last ran. */
final class CachedBundles {
    private final Map<StatePath, List<Cached>> byPath = new HashMap<>();
    private final List<Bundle> unusable = new ArrayList<>();

    /** A bundle, and what it was made from. */
    record Cached(BundleLocation location, Bundle bundle) {}

    CachedBundles(BundleContext context) {
        for (Bundle bundle : context.getBundles()) {
            if (BundleLocation.isOurs(bundle.getLocation())) {
                sort(bundle, context.getBundle());
            }
        }
    }

    private void sort(Bundle bundle, Bundle deployer) {
        Optional<BundleLocation> location = BundleLocation.parse(bundle.getLocation());
        if (location.isPresent() && bundle.getLastModified() >= deployer.getLastModified()) {
            byPath.computeIfAbsent(location.get().path(), any -> new ArrayList<>())
                    .add(new Cached(location.get(), bundle));
        } else {
            unusable.add(bundle);
        }
    }

    boolean isEmpty() {
        return byPath.isEmpty();
    }

    boolean has(StatePath path, BlobId blob) {
        return byPath.getOrDefault(path, List.of()).stream()
                .anyMatch(each -> each.location().blob().equals(blob));
    }

    /** Takes those that another deployer has made, which may build otherwise. */
    List<Bundle> takeUnusable() {
        List<Bundle> taken = List.copyOf(unusable);
        unusable.clear();
        return taken;
    }

    /** Takes the bundle that was made from this content. */
    Optional<Cached> take(StatePath path, BlobId blob) {
        List<Cached> all = byPath.getOrDefault(path, List.of());
        Optional<Cached> found =
                all.stream().filter(each -> each.location().blob().equals(blob)).findFirst();
        found.ifPresent(all::remove);
        return found;
    }

    /** Takes a bundle that was made from other content of the artifact. */
    Optional<Cached> takeOther(StatePath path) {
        List<Cached> all = byPath.getOrDefault(path, List.of());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.remove(0));
    }

    /** Takes all that nobody took. */
    List<Bundle> takeRest() {
        List<Bundle> rest = new ArrayList<>();
        byPath.values().forEach(all -> all.forEach(each -> rest.add(each.bundle())));
        byPath.clear();
        return rest;
    }
}
