package io.serai.runtime.internal.invocation;

import io.serai.api.service.Context;
import io.serai.api.service.Outcome;
import io.serai.api.service.ServiceException;
import io.serai.runtime.internal.registry.ServiceInstance;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** How one call makes others. */
final class NestedCalls {
    /** Services that call each other in a circle are told so long before the stack is used up. */
    private static final int MAX_DEPTH = 64;

    private NestedCalls() {}

    static <O> O invoke(ServiceCall caller, Context.Call wanted, Class<O> answerType) {
        ServiceCall call = prepare(caller, wanted, caller.deadlineNanos());
        caller.request().engine().runFor(caller, call);
        try {
            call.awaitFor(caller);
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
        }
        return answer(call, answerType);
    }

    static <O> CompletableFuture<O> invokeAsync(ServiceCall caller, Context.Call wanted, Class<O> answerType) {
        ServiceCall call;
        try {
            call = prepare(caller, wanted, caller.deadlineNanos());
        } catch (ServiceException e) {
            return CompletableFuture.failedFuture(e);
        }
        AsyncAnswer<O> future = new AsyncAnswer<>(caller, call);
        var unused = call.whenComplete((result, failure) -> {
            try {
                future.complete(answer(call, answerType));
            } catch (RuntimeException e) {
                future.completeExceptionally(e);
            }
        });
        caller.request().engine().runLater(call);
        return future;
    }

    static Map<String, Outcome> invokeAll(ServiceCall caller, Map<String, Context.Call> wanted, long timeoutNanos) {
        long now = System.nanoTime();
        long deadline = now + Math.min(timeoutNanos, caller.deadlineNanos() - now);
        Map<String, ServiceCall> calls = new LinkedHashMap<>();
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        wanted.forEach((key, one) -> {
            outcomes.put(key, new Outcome.Answer(null)); // its place in the order of the keys
            try {
                ServiceCall call = prepare(caller, one, deadline);
                caller.request().engine().runLater(call);
                calls.put(key, call);
            } catch (ServiceException e) {
                outcomes.put(key, new Outcome.Failure(e));
            }
        });
        awaitAll(caller, calls);
        calls.forEach((key, call) -> outcomes.put(key, outcome(call, Objects.requireNonNull(wanted.get(key)))));
        return outcomes;
    }

    private static void awaitAll(ServiceCall caller, Map<String, ServiceCall> calls) {
        try {
            for (ServiceCall call : calls.values()) {
                call.awaitFor(caller);
            }
        } catch (InterruptedException e) {
            calls.values().forEach(call -> call.cancel(true));
            Thread.currentThread().interrupt();
        }
    }

    private static Outcome outcome(ServiceCall call, Context.Call wanted) {
        try {
            return new Outcome.Answer(answer(call, wanted.answerType()));
        } catch (ServiceException e) {
            return new Outcome.Failure(e);
        }
    }

    private static ServiceCall prepare(ServiceCall caller, Context.Call wanted, long deadlineNanos) {
        Request request = caller.request();
        ServiceInstance found = request.engine().find(wanted.service());
        if (found == null) {
            throw CallFailures.absent(wanted.service());
        }
        if (caller.depth() >= MAX_DEPTH) {
            throw CallFailures.tooDeep(wanted.service(), MAX_DEPTH);
        }
        long now = System.nanoTime();
        long left = Math.min(found.timeoutNanos(), deadlineNanos - now);
        if (left <= 0) {
            throw CallFailures.noTimeLeft(wanted.service());
        }
        ServiceCall call = new ServiceCall(request, found, wanted.input(), now, now + left);
        call.calledBy(caller);
        return call;
    }

    /** Returns the answer of a call that is done. */
    private static <O> O answer(ServiceCall call, Class<O> type) {
        @Nullable Object value;
        try {
            value = call.join().value();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ServiceException problem) {
                throw problem;
            }
            throw e;
        } catch (CancellationException e) {
            throw call.isOverdue(System.nanoTime())
                    ? CallFailures.noTimeLeft(call.serviceName())
                    : CallFailures.interrupted(call.serviceName());
        }
        return call.request().engine().codec().answer(call.serviceName(), value, type);
    }
}
