package io.serai.access.internal.credential;

import io.serai.access.internal.folder.HeadMoves;
import io.serai.access.internal.folder.ObjectFolder;
import io.serai.api.object.ObjectCodec;
import io.serai.api.state.StateRepository;
import java.util.Optional;
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
@Component(service = CredentialDirectory.class)
public final class CredentialDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialDirectory.class);

    private final HeadMoves heads;
    private final Runnable receiver = this::headMoved;
    private final StateRepository state;
    private final ObjectFolder<Credential> folder; // of the executor
    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
        Thread thread = Executors.defaultThreadFactory().newThread(task);
        thread.setName("access-directory-1");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable Credentials credentials;

    /** Reads them for the first time, soon. */
    @Activate
    public CredentialDirectory(
            @Reference StateRepository state, @Reference ObjectCodec codec, @Reference HeadMoves heads) {
        this.heads = heads;
        this.state = state;
        this.folder = new ObjectFolder<>(Credential.KIND, codec, CredentialReader::read);
        heads.add(receiver);
        headMoved();
    }

    /** Ends. */
    @Deactivate
    public void close() {
        heads.remove(receiver);
        executor.shutdown();
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

    private void read() {
        folder.read(state.head()).ifPresent(all -> credentials = new Credentials(all));
    }
}
