package io.serai.state.internal;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bare repository on disk, opened by this process alone: objects, and the branch that is the head. */
final class GitStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GitStore.class);
    // Content above this is read as a stream.
    private static final int STREAM_THRESHOLD = 1024 * 1024;

    private final Path directory;
    private final DirectoryLock lock;
    private final FileRepository repository;
    private final DroppedContents dropped;
    private final ReentrantLock packing = new ReentrantLock();
    private final ReentrantLock repacking = new ReentrantLock();

    private GitStore(Path directory, DirectoryLock lock, FileRepository repository, DroppedContents dropped) {
        this.directory = directory;
        this.lock = lock;
        this.repository = repository;
        this.dropped = dropped;
    }

    /**
     * Opens the repository, creates it if it is absent, and heals it if it was not closed.
     *
     * @throws StateException {@code IO} if another process has it, or it cannot be read and written
     */
    static GitStore open(Path directory, Instant now) throws StateException {
        try {
            Files.createDirectories(directory);
            RepositoryLayout.requireRepositoryOrEmpty(directory);
            DirectoryLock lock = DirectoryLock.acquire(directory, now);
            boolean opened = false;
            try {
                GitStore store = openLocked(directory, lock, now);
                opened = true;
                return store;
            } finally {
                if (!opened) {
                    lock.close();
                }
            }
        } catch (IOException e) {
            throw DiskFailures.explain("open the state repository", directory, e);
        }
    }

    private static GitStore openLocked(Path directory, DirectoryLock lock, Instant now) throws IOException {
        RepositoryLayout.complete(directory);
        RepositoryHealer healer = new RepositoryHealer(directory);
        healer.deleteTemporaryFiles();
        boolean lost = healer.quarantineReferences();
        healer.quarantineLooseObjects(lock.takenOver());
        healer.quarantinePacks(lock.takenOver());
        DroppedContents dropped = DroppedContents.read(directory);
        FileRepositoryBuilder builder = new FileRepositoryBuilder()
                .setFS(FS.DETECTED)
                .setGitDir(directory.toFile())
                .setBare();
        FileRepository repository = new FileRepository(builder.setup());
        GitStore store = new GitStore(directory, lock, repository, dropped);
        boolean ready = false;
        try {
            new HeadRecovery(store).recover(lost);
            new IncomingBlobs(store).deleteOld(now);
            ready = true;
            return store;
        } finally {
            if (!ready) {
                repository.close();
            }
        }
    }

    Path directory() {
        return directory;
    }

    FileRepository repository() {
        return repository;
    }

    /** Returns which contents may be gone. */
    DroppedContents dropped() {
        return dropped;
    }

    /** Returns whether an object is here. */
    boolean has(AnyObjectId object) throws IOException {
        try (ObjectReader reader = reader()) {
            return reader.has(object);
        }
    }

    /** Returns a reader, which the caller closes. */
    ObjectReader reader() {
        ObjectReader reader = repository.newObjectReader();
        reader.setStreamFileThreshold(STREAM_THRESHOLD);
        return reader;
    }

    /** Returns a batch for the objects of one commit with contents of so many bytes, which the caller closes. */
    ObjectBatch batch(long bytes) {
        return new ObjectBatch(repository.getObjectDatabase(), packing, bytes);
    }

    /**
     * Adds content as a pack of its own; it is on the disk when this returns.
     *
     * @return whether the content is what its id says; nothing is kept otherwise
     */
    boolean add(BlobId blob, Content content) throws IOException {
        ObjectDirectory objects = repository.getObjectDatabase();
        Path folder = objects.getPackDirectory().toPath();
        Path pack = Files.createTempFile(folder, "tmp_", ".pack");
        Path index = Files.createTempFile(folder, "tmp_", ".idx");
        try {
            BlobPack written = new BlobPack(pack);
            if (!written.write(blob, content)) {
                return false;
            }
            written.writeIndex(blob, index);
            DurableFiles.force(pack);
            DurableFiles.force(index);
            String name = "pack-" + ObjectFiles.packName(new TreeSet<>(Set.of(ObjectId.fromString(blob.value()))));
            packing.lock();
            try {
                // an index alone is nothing; a pack alone would look damaged
                Files.move(index, folder.resolve(name + ".idx"), StandardCopyOption.ATOMIC_MOVE);
                Path target = Files.move(pack, folder.resolve(name + ".pack"), StandardCopyOption.ATOMIC_MOVE);
                forcePacks();
                objects.openPack(target.toFile());
            } finally {
                packing.unlock();
            }
            return true;
        } finally {
            Files.deleteIfExists(pack);
            Files.deleteIfExists(index);
        }
    }

    /** Returns the packs there are, whole and on the disk. */
    Collection<Pack> packs() {
        packing.lock();
        try {
            return repository.getObjectDatabase().getPacks();
        } finally {
            packing.unlock();
        }
    }

    /** Returns what one holds who takes stock of packs, writes them anew and deletes them. */
    ReentrantLock repacking() {
        return repacking;
    }

    /** Makes the names of packs durable whose bytes are so already. */
    void forcePacks() throws IOException {
        DurableFiles.force(repository.getObjectDatabase().getPackDirectory().toPath());
    }

    /** Returns the commit of the branch, or the zero id if it has none. */
    ObjectId readMain() throws IOException {
        Ref ref = repository.exactRef(RepositoryLayout.MAIN);
        ObjectId id = ref == null ? null : ref.getObjectId();
        return id == null ? ObjectId.zeroId() : id;
    }

    /** Moves the branch durably; returns false, and does nothing, if it is not where it is expected to be. */
    boolean moveMain(AnyObjectId expected, AnyObjectId target) throws IOException {
        RefUpdate update = repository.updateRef(RepositoryLayout.MAIN);
        update.setExpectedOldObjectId(expected);
        update.setNewObjectId(target);
        update.disableRefLog();
        RefUpdate.Result result = update.forceUpdate();
        switch (result) {
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {
                DurableFiles.force(directory.resolve(RepositoryLayout.HEADS));
                return true;
            }
            case LOCK_FAILURE -> {
                return false;
            }
            default -> throw new IOException(
                    "Cannot move " + RepositoryLayout.MAIN + " to " + target.name() + ": " + result);
        }
    }

    /**
     * Returns a commit with its body.
     *
     * @throws StateException {@code NOT_FOUND} if there is none of that id
     */
    RevCommit commit(CommitId id) throws StateException {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit commit = walk.parseCommit(ObjectId.fromString(id.value()));
            walk.parseBody(commit);
            return commit;
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            throw new StateException(
                    Reason.NOT_FOUND,
                    "There is no commit " + id + " in " + directory + "; the history lists those there are",
                    e);
        } catch (IOException e) {
            throw DiskFailures.explain("read commit " + id + " of the state repository", directory, e);
        }
    }

    @Override
    public void close() {
        repository.close();
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("Could not give the state repository back in order: directory={}", directory, e);
        }
    }
}
