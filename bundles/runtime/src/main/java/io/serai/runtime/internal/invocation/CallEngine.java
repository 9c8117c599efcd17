package io.serai.runtime.internal.invocation;

import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceException.Reason;
import io.serai.api.service.Workload;
import io.serai.runtime.internal.codec.JacksonPayloadCodec;
import io.serai.runtime.internal.registry.ServiceDirectory;
import io.serai.runtime.internal.registry.ServiceInstance;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Where calls get their permits, threads and deadlines. Thread-safe. */
final class CallEngine {
    private final ServiceDirectory directory;
    private final JacksonPayloadCodec codec;
    private final Bulkhead network;
    private final Bulkhead cpu;
    private final InFlightCalls inFlight = new InFlightCalls();
    private final DeadlineWatch deadlines = new DeadlineWatch(inFlight);

    CallEngine(ServiceDirectory directory, JacksonPayloadCodec codec, RuntimeSettings settings) {
        this.directory = directory;
        this.codec = codec;
        this.network = new Bulkhead(Workload.NETWORK, settings.networkConcurrent(), settings.queue());
        this.cpu = new Bulkhead(Workload.CPU, processors(), settings.queue());
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    void resize(RuntimeSettings settings) {
        network.resize(settings.networkConcurrent(), settings.queue());
        cpu.resize(processors(), settings.queue());
    }

    /** Ends all calls: those that run are interrupted, those that wait do not begin. */
    void close() {
        deadlines.close();
        inFlight.forEach(call -> call.refuse(CallFailures.STOPPED));
        network.close();
        cpu.close();
    }

    @Nullable ServiceInstance find(String service) {
        return directory.serving(service);
    }

    InFlightCalls inFlight() {
        return inFlight;
    }

    JacksonPayloadCodec codec() {
        return codec;
    }

    /**
     * Enters an instance, or the one that has replaced it.
     *
     * @return what was entered, and must be left; null if the service is gone
     */
    @Nullable ServiceInstance enter(ServiceInstance found) {
        ServiceInstance instance = found;
        while (!instance.enter()) {
            ServiceInstance next = directory.serving(found.name());
            if (next == null || next == instance) {
                return null;
            }
            instance = next;
        }
        return instance;
    }

    /**
     * Returns an input as an instance takes it. It is not of that class if a service made it, which has look-alikes of its
     * own, or if the instance was replaced since the input was read.
     */
    @Nullable Object fit(@Nullable Object input, ServiceInstance instance) {
        if (instance.takes(input)) {
            return input;
        }
        if (instance.takesNothing()) {
            return null;
        }
        if (input == null) {
            throw new ServiceException(Reason.INVALID, "Service " + instance.name() + " needs an input");
        }
        return codec.convert(input, instance.descriptor().input());
    }

    /** Runs a call on this thread if there is room, otherwise later on another one. */
    void runHereOrLater(ServiceCall call) {
        watch(call);
        Bulkhead bulkhead = bulkheadOf(call);
        if (bulkhead.tryAcquire()) {
            runHere(call, null, bulkhead);
        } else {
            submit(call, bulkhead);
        }
    }

    /** Runs a call on another thread. */
    void runLater(ServiceCall call) {
        watch(call);
        submit(call, bulkheadOf(call));
    }

    /**
     * Runs a call for another one that is about to wait for it: on its thread and under its permit, if that is of the same
     * bulkhead, so that services which call each other never wait for permits they hold themselves.
     */
    void runFor(ServiceCall caller, ServiceCall call) {
        if (!caller.isMine()) {
            runHereOrLater(call);
            return;
        }
        watch(call);
        Bulkhead bulkhead = bulkheadOf(call);
        if ((caller.permits() & bulkhead.bit()) != 0) {
            call.runWithin(caller, caller.permits());
            call.settle();
        } else if (bulkhead.tryAcquire()) {
            runHere(call, caller, bulkhead);
        } else {
            submit(call, bulkhead);
        }
    }

    private static void runHere(ServiceCall call, @Nullable ServiceCall caller, Bulkhead bulkhead) {
        try {
            if (caller == null) {
                call.run(bulkhead.bit());
            } else {
                call.runWithin(caller, caller.permits() | bulkhead.bit());
            }
        } finally {
            bulkhead.release();
        }
        call.settle();
    }

    private void watch(ServiceCall call) {
        inFlight.add(call);
        deadlines.wake();
    }

    private static void submit(ServiceCall call, Bulkhead bulkhead) {
        if (!bulkhead.submit(call)) {
            call.refuse(bulkhead.occupancy() + ", which is all there is room for; call again later");
        }
    }

    /** Takes a call out of the queue it waits in. */
    void forget(ServiceCall call) {
        bulkheadOf(call).forget(call);
    }

    /** Runs something short on a thread of its own, without a permit. */
    void execute(Runnable task) {
        try {
            network.execute(task);
        } catch (RejectedExecutionException e) {
            task.run(); // the runtime stops: nobody is kept waiting by this thread
        }
    }

    /** Gives back the permits of a call for as long as it waits for others, which may need them. */
    void lend(int permits) {
        if ((permits & network.bit()) != 0) {
            network.release();
        }
        if ((permits & cpu.bit()) != 0) {
            cpu.release();
        }
    }

    /** Ends {@link #lend}. */
    void reclaim(int permits) {
        if ((permits & network.bit()) != 0) {
            network.reclaim();
        }
        if ((permits & cpu.bit()) != 0) {
            cpu.reclaim();
        }
    }

    private Bulkhead bulkheadOf(ServiceCall call) {
        return call.found().descriptor().workload() == Workload.CPU ? cpu : network;
    }
}
