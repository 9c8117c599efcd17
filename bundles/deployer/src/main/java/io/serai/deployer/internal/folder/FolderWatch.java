package io.serai.deployer.internal.folder;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on what the operating system notifies of a folder. It watches the parent, too: a folder that is moved away is
 * watched where it goes to, without a word of it.
 */
final class FolderWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    private final WatchService service;
    private final FolderSignals signals;
    private final Path name;
    private final WatchKey inFolder;
    private volatile boolean alive = true;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = Executors.defaultThreadFactory().newThread(work);
        made.setName("deployer-watch-1");
        made.setDaemon(true);
        return made;
    });

    /** Starts to watch a folder that is there. */
    FolderWatch(Path folder, FolderSignals signals) throws IOException {
        this.signals = signals;
        this.name = folder.getFileName();
        this.service = folder.getFileSystem().newWatchService();
        this.inFolder = folder.register(
                service,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
        watchParent(folder);
        thread.execute(this::loop);
    }

    private void watchParent(Path folder) {
        try {
            folder.resolveSibling(".")
                    .register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
        } catch (IOException e) {
            LOG.info("Moves of the deploy folder are seen by the next complete look only: reason={}", e.toString());
        }
    }

    /** Returns whether the folder that is watched is still there, and no other one in its place. */
    boolean alive() {
        return alive;
    }

    private void loop() {
        try {
            boolean there = true;
            while (there) {
                WatchKey key = service.take();
                if (key.equals(inFolder)) {
                    key.pollEvents().forEach(this::passOn);
                    there = key.reset();
                } else {
                    there = key.pollEvents().stream().noneMatch(event -> name.equals(event.context()));
                    key.reset();
                }
            }
            alive = false;
            signals.everything();
        } catch (InterruptedException | ClosedWatchServiceException e) {
            LOG.debug("Watching ended: reason={}", e.toString());
        }
    }

    private void passOn(WatchEvent<?> event) {
        if (event.context() instanceof Path name) {
            signals.file(name.toString());
        } else {
            signals.everything();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            service.close();
        } catch (IOException e) {
            LOG.debug("Watch was not closed cleanly: reason={}", e.toString());
        }
    }
}
