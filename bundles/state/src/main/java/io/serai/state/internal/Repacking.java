package io.serai.state.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.internal.storage.file.PackFile;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.internal.storage.pack.PackExt;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.pack.PackConfig;

/**
 * Puts the packs of commits together. As with {@code git repack --geometric}, a pack that is more than twice as large as
 * all smaller ones is left as it is, so that each object is copied some times only, however many commits there are. When
 * none is, what cannot be reached is left out. Unlike the collector of JGit, which takes the first half of a pack that a
 * commit is writing for litter, it deletes only what it has seen whole.
 */
final class Repacking {
    private static final long FACTOR = 2;

    /** Up to this size all deltas are searched anew, which JGit otherwise does not do for what is in a pack already. */
    private static final long SEARCHED_BYTES = 4L * 1024 * 1024;

    private final GitStore store;
    private final ObjectDirectory objects;
    private final List<Pack> packs;
    private final Set<ObjectId> dropped;
    private final boolean all;

    private Repacking(GitStore store, List<Pack> packs, Set<ObjectId> dropped, boolean all) {
        this.store = store;
        this.objects = store.repository().getObjectDatabase();
        this.packs = packs;
        this.dropped = dropped;
        this.all = all;
    }

    /** Takes stock of the packs there are; what is committed from here on is left alone. */
    static Repacking geometric(GitStore store) {
        List<Pack> packs = bySize(store);
        long smaller = packs.stream().mapToLong(Repacking::size).sum();
        int kept = 0;
        for (Pack pack : packs) {
            smaller -= size(pack);
            if (size(pack) < FACTOR * smaller) {
                break;
            }
            kept++;
        }
        return new Repacking(store, packs.subList(kept, packs.size()), Set.of(), kept == 0);
    }

    /** Takes the packs that have one of some contents, to write them without. Others are left alone. */
    static Repacking without(GitStore store, Set<ObjectId> dropped) throws IOException {
        List<Pack> packs = new ArrayList<>();
        for (Pack pack : bySize(store)) {
            for (PackIndex.MutableEntry entry : pack) {
                if (dropped.contains(entry.toObjectId())) {
                    packs.add(pack);
                    break;
                }
            }
        }
        return new Repacking(store, packs, dropped, false);
    }

    private static List<Pack> bySize(GitStore store) {
        List<Pack> packs = new ArrayList<>(store.packs());
        packs.sort(Comparator.comparingLong(Repacking::size).reversed());
        return packs;
    }

    /** Repacks; what was written before {@code litter} and no reference leads to may go. */
    void run(Instant litter) throws IOException {
        delete(write(), litter);
    }

    /** Deletes what the new pack has, or has left out. */
    void delete(Optional<PackFile> written, Instant litter) throws IOException {
        if (packs.isEmpty()) {
            return;
        }
        String name = written.map(PackFile::getName).orElse("");
        Optional<PackIndex> index = written.isPresent()
                ? Optional.of(objects.openPack(written.get()).getIndex())
                : Optional.empty();
        for (Pack pack : packs) {
            boolean same = pack.getPackFile().getName().equals(name);
            if (!same && (isCovered(pack, index) || isOlder(pack, litter))) {
                Files.deleteIfExists(pack.getPackFile().toPath());
                Files.deleteIfExists(pack.getPackFile().create(PackExt.INDEX).toPath());
            }
        }
        objects.close(); // it would keep the deleted files open
    }

    /** Writes the new pack, which changes nothing yet; empty if nothing is left to be in it. */
    Optional<PackFile> write() throws IOException {
        if (packs.isEmpty()) {
            return Optional.empty();
        }
        Path folder = objects.getPackDirectory().toPath();
        Path pack = Files.createTempFile(folder, "gc_", ".pack_tmp");
        Path index = Files.createTempFile(folder, "gc_", ".idx_tmp");
        try (ObjectReader reader = store.reader();
                PackWriter writer = new PackWriter(config(), reader)) {
            writer.setDeltaBaseAsOffset(true);
            writer.setReuseDeltaCommits(false);
            writer.excludeObjects(new GoneContents(store, reader, new HashMap<>()));
            prepare(writer, reader);
            if (writer.getObjectCount() == 0) {
                return Optional.empty();
            }
            PackFile target = new PackFile(objects.getPackDirectory(), writer.computeName(), PackExt.PACK);
            if (!target.exists()) { // else one pack has just these objects already
                write(pack, out -> writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, out));
                write(index, writer::writeIndex);
                // an index alone is nothing; a pack alone would look damaged
                Files.move(index, target.create(PackExt.INDEX).toPath(), StandardCopyOption.ATOMIC_MOVE);
                Files.move(pack, target.toPath(), StandardCopyOption.ATOMIC_MOVE);
                DurableFiles.force(folder);
            }
            return Optional.of(target);
        } finally {
            Files.deleteIfExists(pack);
            Files.deleteIfExists(index);
        }
    }

    private PackConfig config() {
        PackConfig config = new PackConfig(store.repository());
        config.setThreads(1); // it has all the time there is
        config.setReuseDeltas(!dropped.isEmpty() || size(packs.get(0)) > SEARCHED_BYTES);
        return config;
    }

    private void prepare(PackWriter writer, ObjectReader reader) throws IOException {
        if (all) {
            writer.preparePack(NullProgressMonitor.INSTANCE, tips(), Set.of());
            return;
        }
        try (RevWalk walk = new ObjectWalk(reader)) {
            Set<RevObject> content = new LinkedHashSet<>();
            for (Pack pack : packs) {
                for (PackIndex.MutableEntry entry : pack) {
                    ObjectId id = entry.toObjectId();
                    if (!dropped.contains(id)) {
                        content.add(walk.parseAny(id));
                    }
                }
            }
            writer.preparePack(content.iterator());
        }
    }

    private Set<ObjectId> tips() throws IOException {
        return store.repository().getRefDatabase().getRefs().stream()
                .filter(ref -> ref.getObjectId() != null)
                .map(Ref::getObjectId)
                .collect(Collectors.toSet());
    }

    private boolean isCovered(Pack pack, Optional<PackIndex> index) {
        for (PackIndex.MutableEntry entry : pack) {
            ObjectId id = entry.toObjectId();
            boolean written = index.isPresent() && index.get().hasObject(id);
            if (!written && !dropped.contains(id)) {
                return false;
            }
        }
        return true;
    }

    private boolean isOlder(Pack pack, Instant litter) throws IOException {
        return all
                && Files.getLastModifiedTime(pack.getPackFile().toPath())
                        .toInstant()
                        .isBefore(litter);
    }

    private static long size(Pack pack) {
        return pack.getPackFile().length();
    }

    private interface Contents {
        void writeTo(OutputStream out) throws IOException;
    }

    private static void write(Path file, Contents contents) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            contents.writeTo(out);
        }
        DurableFiles.force(file);
    }
}
