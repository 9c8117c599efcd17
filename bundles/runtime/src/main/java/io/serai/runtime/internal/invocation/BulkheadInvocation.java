package io.serai.runtime.internal.invocation;

import io.serai.api.runtime.Invocation;
import io.serai.api.runtime.InvocationResult;
import io.serai.api.runtime.InvocationService;
import io.serai.runtime.internal.codec.JacksonPayloadCodec;
import io.serai.runtime.internal.registry.ServiceDirectory;
import io.serai.runtime.internal.registry.ServiceInstance;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls services within bulkheads. A changed configuration is taken over in place, so that no call is lost to it. */
@Component(
        service = {InvocationService.class, BulkheadInvocation.class},
        configurationPid = RuntimeSettings.PID)
@Designate(ocd = RuntimeConfig.class)
public final class BulkheadInvocation implements InvocationService {
    private static final Logger LOG = LoggerFactory.getLogger(BulkheadInvocation.class);

    /** How long calls that were interrupted because their service goes may take to notice. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final CallEngine engine;
    private volatile RuntimeSettings settings;

    @Activate
    public BulkheadInvocation(
            @Reference ServiceDirectory directory, @Reference JacksonPayloadCodec codec, RuntimeConfig config) {
        this(directory, codec, RuntimeSettings.of(config));
    }

    BulkheadInvocation(ServiceDirectory directory, JacksonPayloadCodec codec, RuntimeSettings settings) {
        this.settings = settings;
        this.engine = new CallEngine(directory, codec, settings);
    }

    @Modified
    void modified(RuntimeConfig config) {
        resize(RuntimeSettings.of(config));
    }

    void resize(RuntimeSettings changed) {
        engine.resize(changed);
        settings = changed;
    }

    @Deactivate
    void deactivate() {
        engine.close();
    }

    @Override
    public CompletableFuture<InvocationResult> invoke(Invocation invocation) {
        ServiceInstance found = engine.find(invocation.service());
        if (found == null) {
            return CompletableFuture.failedFuture(CallFailures.absent(invocation.service()));
        }
        long now = System.nanoTime();
        long limit = invocation.timeout().isPresent()
                ? TimeUnit.NANOSECONDS.convert(invocation.timeout().get())
                : found.timeoutNanos();
        ServiceCall call =
                new ServiceCall(new Request(engine, invocation), found, invocation.input(), now, now + limit);
        engine.runHereOrLater(call);
        return call;
    }

    /**
     * Waits until no call is within instances that have no name any more; interrupts the calls that take longer than
     * configured.
     */
    public void drain(Collection<ServiceInstance> going) {
        going.forEach(ServiceInstance::close);
        long limit = settings.drainMillis();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limit);
        try {
            for (ServiceInstance instance : going) {
                if (!instance.awaitIdle(deadline - System.nanoTime())) {
                    interrupt(instance);
                    instance.awaitIdle(GRACE_NANOS);
                }
            }
        } catch (InterruptedException e) {
            going.forEach(this::interrupt);
            Thread.currentThread().interrupt();
        }
    }

    private void interrupt(ServiceInstance instance) {
        AtomicInteger interrupted = new AtomicInteger();
        engine.inFlight().forEach(call -> {
            if (call.refuseIfIn(instance, "it was undeployed or replaced before it had answered")) {
                interrupted.incrementAndGet();
            }
        });
        LOG.warn(
                "Interrupted calls of a service that goes: service={} owner={} calls={} limitMillis={}",
                instance.name(),
                instance.origin().owner(),
                interrupted.get(),
                settings.drainMillis());
    }
}
