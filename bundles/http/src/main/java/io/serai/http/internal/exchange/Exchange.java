package io.serai.http.internal.exchange;

import io.serai.api.access.Admission;
import io.serai.api.access.Admission.Identity;
import io.serai.api.access.ChannelGuard;
import io.serai.api.runtime.Invocation;
import io.serai.api.runtime.InvocationResult;
import io.serai.api.service.Caller;
import io.serai.api.service.ServiceException;
import io.serai.http.internal.channel.Channel;
import io.serai.http.internal.channel.ServiceSlot.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request to a channel and its answer: the input is read, the service called, the answer written. Whoever answers
 * first, the service, the deadline or a refusal, answers alone.
 */
final class Exchange implements Promise<Input>, BiConsumer<@Nullable InvocationResult, @Nullable Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    // how much later than the runtime the server gives a call up: the runtime's answer knows more
    private static final long GRACE_NANOS = Duration.ofMillis(250).toNanos();

    private final ExchangeContext context;
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Channel channel;
    private final RequestHeaders headers;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final String correlationId;
    private volatile @Nullable Input input;
    private volatile @Nullable Plan plan;
    private volatile @Nullable Caller caller;
    private volatile @Nullable CompletableFuture<InvocationResult> running;
    private volatile boolean gone;
    private volatile long deadline;

    Exchange(
            ExchangeContext context,
            Request request,
            Response response,
            Callback callback,
            Channel channel,
            String id) {
        this.context = context;
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.channel = channel;
        this.correlationId = id;
        this.headers = new RequestHeaders(request.getHeaders());
    }

    void start(List<String> variables) {
        try {
            context.cors(channel).describe(request.getHeaders().get(HttpHeader.ORIGIN), response.getHeaders());
            caller = context.callers().caller(request, admitted());
            Plan current = channel.service().plan();
            if (current == null) {
                throw ProblemException.of(
                        HttpStatus.SERVICE_UNAVAILABLE_503,
                        "unavailable",
                        "Service " + channel.service().name() + " is not deployed now; try again later");
            }
            if (current.json() && !MediaTypes.acceptsJson(request.getHeaders())) {
                throw ProblemException.of(
                        HttpStatus.NOT_ACCEPTABLE_406,
                        "not-acceptable",
                        "This channel answers application/json only; accept that");
            }
            plan = current;
            request.addIdleTimeoutListener(Exchange::endsAtIdleTimeout);
            context.inputs().read(request, channel, current, variables, this);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** Has the channel's guard, if it has one, decide about the request; returns who makes it, as far as the guard asks. */
    private Optional<Identity> admitted() {
        Optional<ChannelGuard> guard = channel.options().guard();
        if (guard.isEmpty()) {
            return Optional.empty();
        }
        Admission admission =
                guard.get().admit(new RequestVisit(request, context.callers().address(request)));
        admission.allowance().ifPresent(allowance -> Admissions.describe(allowance, response));
        if (admission.refusal().isPresent()) {
            throw Admissions.problem(admission.refusal().get(), response);
        }
        return admission.caller();
    }

    /** Calls the service, now that its input has been read. */
    @Override
    public void succeeded(Input read) {
        Plan current = Objects.requireNonNull(plan, "plan");
        Optional<Duration> timeout = channel.options().timeout();
        deadline = context.watch().nanoTime()
                + timeout.orElse(current.service().timeout()).toNanos()
                + GRACE_NANOS;
        input = read;
        context.watch().enter(this);
        request.addFailureListener(this::cancel);
        CompletableFuture<InvocationResult> call;
        try {
            call = context.invocations()
                    .invoke(new Invocation(
                            channel.service().name(),
                            read.value(),
                            Objects.requireNonNull(caller, "caller"),
                            correlationId,
                            timeout,
                            headers));
        } catch (RuntimeException e) {
            accept(null, e);
            return;
        }
        if (!call.isDone()) {
            running = call;
            if (gone) {
                call.cancel(true);
            }
        }
        CompletableFuture<InvocationResult> unused = call.whenComplete(this);
    }

    /** Gives the call up, whose client has gone. */
    private void cancel(Throwable reason) {
        gone = true;
        CompletableFuture<InvocationResult> call = running;
        if (call != null) {
            call.cancel(true);
        }
    }

    /** Refuses the request, whose input is not what it should be. */
    @Override
    public void failed(Throwable failure) {
        if (answered.compareAndSet(false, true)) {
            refuse(callback, problem(failure));
        }
    }

    /** Answers with what the service answered, unless the deadline has done so. */
    @Override
    public void accept(@Nullable InvocationResult result, @Nullable Throwable failure) {
        context.watch().leave(this);
        Input used = input;
        Callback done = used == null || used.parts() == null ? callback : Callback.from(callback, used::release);
        if (!answered.compareAndSet(false, true)) {
            if (result != null) {
                AnswerWriter.close(result.value());
            }
            if (used != null) {
                used.release();
            }
            return;
        }
        if (result == null) {
            refuse(done, problem(failure));
            return;
        }
        headers.close();
        try {
            context.answers().write(request, response, done, result);
        } catch (RuntimeException e) {
            refuse(done, problem(e));
        }
    }

    long deadline() {
        return deadline;
    }

    /** Answers that the time is over; returns true. */
    boolean expire() {
        if (answered.compareAndSet(false, true)) {
            String service = channel.service().name();
            LOG.warn("Service did not return at its deadline: service={}, correlationId={}", service, correlationId);
            refuse(
                    callback,
                    Problem.of(
                            HttpStatus.GATEWAY_TIMEOUT_504,
                            "timeout",
                            "Service " + service + " did not answer in time; try again later"));
        }
        return true;
    }

    /** Says that a connection is not idle while a service works; the deadline is what ends that. */
    private static boolean endsAtIdleTimeout(TimeoutException timeout) {
        return false;
    }

    private void refuse(Callback done, Problem problem) {
        headers.close();
        context.problems().write(request, response, done, problem, correlationId);
    }

    private Problem problem(@Nullable Throwable failure) {
        Input used = input;
        Problem unread =
                used == null || used.stream() == null ? null : used.stream().problem();
        if (unread != null) {
            return unread;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ServiceException refused) {
            return Problem.of(refused);
        }
        if (cause instanceof ProblemException refused) {
            return refused.problem();
        }
        if (cause instanceof CancellationException) {
            return Problem.of(HttpStatus.SERVICE_UNAVAILABLE_503, "unavailable", "The call was cancelled; try again");
        }
        LOG.error(
                "Request was not answered: channel={} {}, correlationId={}",
                channel.method(),
                channel.template(),
                correlationId,
                cause);
        return Problem.of(
                HttpStatus.INTERNAL_SERVER_ERROR_500,
                "failed",
                "The request failed; its cause is in the log under the correlation id");
    }
}
