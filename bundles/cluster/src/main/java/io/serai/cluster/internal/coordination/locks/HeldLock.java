package io.serai.cluster.internal.coordination.locks;

import io.serai.api.cluster.ClusterLock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A lock that was got. */
final class HeldLock implements ClusterLock {
    private final String name;
    private final Claim claim;
    private final long token;
    private final Executor thread;
    private final CompletableFuture<Void> lost = new CompletableFuture<>();
    private volatile boolean over;

    /**
     * Makes one.
     *
     * @param thread the one of coordination
     */
    HeldLock(String name, Claim claim, long token, Executor thread) {
        this.name = name;
        this.claim = claim;
        this.token = token;
        this.thread = thread;
    }

    /** Is told that it was lost; returns whether that is news. */
    boolean lose(Executor listeners) {
        boolean news = !over;
        over = true;
        if (news) {
            listeners.execute(() -> lost.complete(null));
        }
        return news;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long token() {
        return token;
    }

    @Override
    public boolean isHeld() {
        return !over && claim.isHeld();
    }

    @Override
    public CompletableFuture<Void> lost() {
        return lost.copy();
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            thread.execute(claim::close);
        }
    }
}
