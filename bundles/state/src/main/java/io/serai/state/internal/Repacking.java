package io.serai.state.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
    private final List<Pack> packs = new ArrayList<>();
    private final boolean all;

    /** Takes stock of the packs there are; what is committed from here on is left alone. */
    Repacking(GitStore store) {
        this.store = store;
        this.objects = store.repository().getObjectDatabase();
        packs.addAll(store.packs());
        packs.sort(Comparator.comparingLong(Repacking::size).reversed());
        long smaller = packs.stream().mapToLong(Repacking::size).sum();
        int kept = 0;
        for (Pack pack : packs) {
            smaller -= size(pack);
            if (size(pack) < FACTOR * smaller) {
                break;
            }
            kept++;
        }
        this.all = kept == 0;
        packs.subList(0, kept).clear();
    }

    /** Repacks; what was written before {@code litter} and no reference leads to may go. */
    void run(Instant litter) throws IOException {
        if (packs.isEmpty()) {
            return;
        }
        PackFile written = write();
        PackIndex index = objects.openPack(written).getIndex();
        for (Pack pack : packs) {
            boolean same = pack.getPackFile().getName().equals(written.getName());
            if (!same && (isCovered(pack, index) || isOlder(pack, litter))) {
                Files.deleteIfExists(pack.getPackFile().toPath());
                Files.deleteIfExists(pack.getPackFile().create(PackExt.INDEX).toPath());
            }
        }
        objects.close(); // it would keep the deleted files open
    }

    private PackFile write() throws IOException {
        Path folder = objects.getPackDirectory().toPath();
        Path pack = Files.createTempFile(folder, "gc_", ".pack_tmp");
        Path index = Files.createTempFile(folder, "gc_", ".idx_tmp");
        try (ObjectReader reader = store.reader();
                PackWriter writer = new PackWriter(config(), reader)) {
            writer.setDeltaBaseAsOffset(true);
            writer.setReuseDeltaCommits(false);
            prepare(writer, reader);
            PackFile target = new PackFile(objects.getPackDirectory(), writer.computeName(), PackExt.PACK);
            if (!target.exists()) { // else one pack has just these objects already
                write(pack, out -> writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, out));
                write(index, writer::writeIndex);
                // an index alone is nothing; a pack alone would look damaged
                Files.move(index, target.create(PackExt.INDEX).toPath(), StandardCopyOption.ATOMIC_MOVE);
                Files.move(pack, target.toPath(), StandardCopyOption.ATOMIC_MOVE);
                DurableFiles.force(folder);
            }
            return target;
        } finally {
            Files.deleteIfExists(pack);
            Files.deleteIfExists(index);
        }
    }

    private PackConfig config() {
        PackConfig config = new PackConfig(store.repository());
        config.setThreads(1); // it has all the time there is
        config.setReuseDeltas(size(packs.get(0)) > SEARCHED_BYTES);
        return config;
    }

    private void prepare(PackWriter writer, ObjectReader reader) throws IOException {
        if (all) {
            writer.preparePack(NullProgressMonitor.INSTANCE, tips(), Set.of());
            return;
        }
        try (RevWalk walk = new ObjectWalk(reader)) {
            List<RevObject> content = new ArrayList<>();
            for (Pack pack : packs) {
                for (PackIndex.MutableEntry entry : pack) {
                    content.add(walk.parseAny(entry.toObjectId()));
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

    private static boolean isCovered(Pack pack, PackIndex index) {
        for (PackIndex.MutableEntry entry : pack) {
            if (!index.hasObject(entry.toObjectId())) {
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
