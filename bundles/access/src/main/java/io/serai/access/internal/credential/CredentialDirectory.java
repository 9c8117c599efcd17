package io.serai.access.internal.credential;

import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectException;
import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StateListener;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The credentials of the head of the state, read again on a thread of its own when that moves; a request never waits for it. */
@Component(service = {CredentialDirectory.class, StateListener.class})
public final class CredentialDirectory implements StateListener {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialDirectory.class);
    private static final String SUFFIX = ".yaml";
    // no name has a character before the blank, and 0 comes after /
    private static final StatePath FIRST = StatePath.of("objects", Credential.KIND, " ");
    private static final StatePath LAST = StatePath.of("objects", Credential.KIND + "0");

    private final StateRepository state;
    private final ObjectCodec codec;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
        Thread thread = Executors.defaultThreadFactory().newThread(task);
        thread.setName("access-directory-1");
        thread.setDaemon(true);
        return thread;
    });
    private Map<StatePath, Known> known = new HashMap<>(); // of the executor
    private volatile @Nullable Credentials credentials;

    private record Known(BlobId blob, Optional<Credential> credential) {}

    /** Reads them for the first time, soon. */
    @Activate
    public CredentialDirectory(@Reference StateRepository state, @Reference ObjectCodec codec) {
        this.state = state;
        this.codec = codec;
        headMoved();
    }

    /** Ends. */
    @Deactivate
    public void close() {
        executor.shutdownNow();
    }

    @Override
    public void headMoved(CommitId before, CommitId after) {
        headMoved();
    }

    private void headMoved() {
        CompletableFuture<Void> unused = CompletableFuture.runAsync(this::read, executor)
                .exceptionally(failure -> {
                    LOG.error("Credentials stay as they were, since they could not be read", failure);
                    return null;
                });
    }

    /** Returns the credentials as they are; empty until they have been read for the first time. */
    public Optional<Credentials> credentials() {
        return Optional.ofNullable(credentials);
    }

    /** Returns the file of a credential. */
    static StatePath path(String name) {
        return StatePath.of("objects", Credential.KIND, name + SUFFIX);
    }

    private void read() {
        Snapshot head = state.head();
        Map<StatePath, BlobId> files = new TreeMap<>(head.files().subMap(FIRST, LAST));
        files.keySet().removeIf(path -> !path.value().endsWith(SUFFIX));
        boolean same = credentials != null
                && files.size() == known.size()
                && files.entrySet().stream().allMatch(file -> isKnown(file.getKey(), file.getValue()));
        if (same) {
            return;
        }
        Map<StatePath, Known> next = new HashMap<>();
        files.forEach((path, blob) -> next.put(path, isKnown(path, blob) ? known.get(path) : read(head, path, blob)));
        known = next;
        credentials = new Credentials(next.values().stream()
                .flatMap(each -> each.credential().stream())
                .toList());
    }

    private boolean isKnown(StatePath path, BlobId blob) {
        Known before = known.get(path);
        return before != null && before.blob().equals(blob);
    }

    private Known read(Snapshot head, StatePath path, BlobId blob) {
        String file = path.fileName();
        String name = file.substring(0, file.length() - SUFFIX.length());
        try {
            Map<String, Object> spec = codec.spec(path, head.content(blob));
            return new Known(blob, Optional.of(CredentialReader.read(name, spec)));
        } catch (ObjectException | StateException | SpecException e) {
            LOG.error(
                    "Does not count a credential that cannot be read; put the file right: path={}, cause={}",
                    path,
                    e.getMessage());
            return new Known(blob, Optional.empty());
        }
    }
}
