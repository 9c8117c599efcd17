package io.serai.deployer.internal.folder;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What the folder's thread is told by others. Thread-safe. */
final class FolderSignals {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    // guarded by lock
    private Set<String> names = new HashSet<>();
    // guarded by lock
    private boolean everything;
    // guarded by lock
    private boolean head;

    /**
     * What was told since the last look.
     *
     * @param names files that something happened to
     * @param everything whether something may have happened to any file
     * @param head whether the head of the state moved
     */
    record Told(Set<String> names, boolean everything, boolean head) {}

    void file(String name) {
        tell(() -> names.add(name));
    }

    void everything() {
        tell(() -> everything = true);
    }

    void head() {
        tell(() -> head = true);
    }

    private void tell(Runnable change) {
        lock.lock();
        try {
            change.run();
            told.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something is told, or for some time, and takes what there is. */
    Told take(long timeoutNanos) throws InterruptedException {
        lock.lock();
        try {
            long left = timeoutNanos;
            while (left > 0 && names.isEmpty() && !everything && !head) {
                left = told.awaitNanos(left);
            }
            Told taken = new Told(names, everything, head);
            names = new HashSet<>();
            everything = false;
            head = false;
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
