package io.serai.runtime.internal.invocation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a call that another one did not wait for at once. If that one waits in the end, its permits are free for
 * others meanwhile, as with {@link ServiceCall#awaitFor}; that goes for the stages that depend on it, too.
 */
final class AsyncAnswer<O> extends CompletableFuture<O> {
    private final ServiceCall caller;
    private final @Nullable ServiceCall call;

    AsyncAnswer(ServiceCall caller, @Nullable ServiceCall call) {
        this.caller = caller;
        this.call = call;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new AsyncAnswer<>(caller, null);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled && call != null) {
            call.cancel(mayInterruptIfRunning);
        }
        return cancelled;
    }

    @Override
    public O join() {
        int lent = lend();
        try {
            return super.join();
        } finally {
            reclaim(lent);
        }
    }

    @Override
    public O get() throws InterruptedException, ExecutionException {
        int lent = lend();
        try {
            return super.get();
        } finally {
            reclaim(lent);
        }
    }

    @Override
    public O get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        int lent = lend();
        try {
            return super.get(timeout, unit);
        } finally {
            reclaim(lent);
        }
    }

    private int lend() {
        int lent = caller.isMine() && !isDone() ? caller.permits() : 0;
        caller.request().engine().lend(lent);
        return lent;
    }

    private void reclaim(int lent) {
        caller.request().engine().reclaim(lent);
    }
}
