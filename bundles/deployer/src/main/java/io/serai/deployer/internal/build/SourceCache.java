package io.serai.deployer.internal.build;

import io.serai.deployer.internal.build.Classpath.ExportedPackage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bundles built of sources, so that a check and the build after it compile once. Thread-safe. */
final class SourceCache {
    /** Batches up to this size are compiled once; a bundle of a source is a few kilobytes. */
    private static final int MAX_ENTRIES = 1024;

    private final Map<Key, Entry> entries = new LinkedHashMap<>(); // guarded by entries

    /**
     * What a bundle is built of. The name is part of it: the symbolic name and the messages have it.
     *
     * @param digest of the source
     */
    record Key(String fileName, String digest) {
        static Key of(String fileName, byte[] source) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(source);
                return new Key(fileName, HexFormat.of().formatHex(digest));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has SHA-256", e);
            }
        }
    }

    /**
     * A bundle.
     *
     * @param packages what it was compiled against
     */
    private record Entry(BuiltBundle bundle, Map<String, ExportedPackage> packages) {

        /** Returns whether building it again would give the same: each package is still what a source would see. */
        boolean holdsFor(Map<String, ExportedPackage> now) {
            return packages.entrySet().stream().allMatch(seen -> seen.getValue().equals(now.get(seen.getKey())));
        }
    }

    /** Returns the bundle of a source, if it is as it would be built now; forgets all that are not. */
    @Nullable BuiltBundle get(Key key, Map<String, ExportedPackage> now) {
        synchronized (entries) {
            Entry entry = entries.get(key);
            if (entry == null || entry.holdsFor(now)) {
                return entry == null ? null : entry.bundle();
            }
            // Stale entries would keep class loaders of uninstalled bundles alive.
            entries.values().removeIf(stale -> !stale.holdsFor(now));
            return null;
        }
    }

    void put(Key key, BuiltBundle bundle, Map<String, ExportedPackage> packages) {
        synchronized (entries) {
            entries.put(key, new Entry(bundle, packages));
            Iterator<Key> oldest = entries.keySet().iterator();
            while (entries.size() > MAX_ENTRIES && oldest.hasNext()) {
                oldest.next();
                oldest.remove();
            }
        }
    }
}
