package io.serai.deployer.internal.bundle;

import io.serai.api.deploy.BundleExtension;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The extensions that are there now. Thread-safe. */
public final class Extensions {
    private final List<BundleExtension> extensions = new CopyOnWriteArrayList<>();

    /** Adds one. */
    public void add(BundleExtension extension) {
        extensions.add(extension);
    }

    /** Removes one. */
    public void remove(BundleExtension extension) {
        extensions.remove(extension);
    }

    List<BundleExtension> all() {
        return extensions;
    }
}
