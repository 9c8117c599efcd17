package io.serai.deployer.internal.bundle;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.deployer.internal.reconcile.Job;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.blueprint.container.BlueprintEvent;
import org.osgi.service.blueprint.container.BlueprintListener;

/** Tells whether the Blueprint container of a bundle is up, by what its extender says. */
public final class BlueprintConditions implements BundleConditions, BlueprintListener {
    private static final String HEADER = "Bundle-Blueprint";
    private static final String FOLDER = "OSGI-INF/blueprint/";

    /** Containers without anything to wait for take some tenths of a second when the extender is cold. */
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(3);

    // written under its own lock, so that those who wait are woken
    private final Map<Bundle, BlueprintEvent> last = new ConcurrentHashMap<>();
    private final Runnable changed;

    /**
     * Makes conditions that nothing has been said about.
     *
     * @param changed is told when a container has changed its state; must not block
     */
    public BlueprintConditions(Runnable changed) {
        this.changed = changed;
    }

    @Override
    public void blueprintEvent(BlueprintEvent event) {
        synchronized (last) {
            if (event.getType() == BlueprintEvent.DESTROYED) {
                last.remove(event.getBundle());
            } else {
                last.put(event.getBundle(), event);
            }
            last.notifyAll();
        }
        changed.run();
    }

    @Override
    public void settle(Bundle bundle) throws InterruptedException {
        if (!declares(bundle)) {
            return;
        }
        long end = System.nanoTime() + SETTLE_NANOS;
        synchronized (last) {
            long left = SETTLE_NANOS;
            while (underWay(last.get(bundle)) && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(last, left);
                left = end - System.nanoTime();
            }
        }
    }

    private static boolean underWay(@Nullable BlueprintEvent event) {
        return event == null || event.getType() == BlueprintEvent.CREATING;
    }

    @Override
    public boolean check(Bundle bundle) throws DeploymentException {
        if (!declares(bundle)) {
            return false;
        }
        BlueprintEvent event = last.get(bundle);
        if (event == null || underWay(event)) {
            throw new DeploymentException(
                    Reason.UNSATISFIED,
                    "It waits for its Blueprint container, which is being created; if it stays like this, install a"
                            + " Blueprint extender.",
                    null);
        }
        if (event.getType() == BlueprintEvent.FAILURE && !gaveUpWaiting(event)) {
            throw failed(bundle, event);
        }
        if (gaveUpWaiting(event)
                || event.getType() == BlueprintEvent.GRACE_PERIOD
                || event.getType() == BlueprintEvent.WAITING) {
            throw new DeploymentException(
                    Reason.UNSATISFIED,
                    "It waits for services: " + dependencies(event) + "; deploy a bundle that registers them.",
                    null);
        }
        return true;
    }

    @Override
    public boolean worthRestart(Bundle bundle) {
        BlueprintEvent event = last.get(bundle);
        BundleContext context = bundle.getBundleContext();
        return event != null
                && context != null
                && gaveUpWaiting(event)
                && Arrays.stream(event.getDependencies()).allMatch(filter -> present(context, filter));
    }

    /** Returns whether the extender has stopped to wait for services, as it does after some minutes. */
    private static boolean gaveUpWaiting(BlueprintEvent event) {
        String @Nullable [] filters = event.getDependencies();
        return event.getType() == BlueprintEvent.FAILURE && filters != null && filters.length > 0;
    }

    private static boolean present(BundleContext context, String filter) {
        try {
            return context.getServiceReferences((String) null, filter) != null;
        } catch (InvalidSyntaxException e) {
            return false;
        }
    }

    private static boolean declares(Bundle bundle) {
        if (bundle.getHeaders("").get(HEADER) != null) {
            return true;
        }
        Enumeration<String> files = bundle.getEntryPaths(FOLDER);
        return files != null && files.hasMoreElements();
    }

    private static DeploymentException failed(Bundle bundle, BlueprintEvent event) {
        Throwable cause = event.getCause();
        String words = cause == null ? "its extender gives no cause" : Job.rootCause(cause);
        return new DeploymentException(
                Reason.START_FAILED,
                "Blueprint container of bundle " + bundle.getSymbolicName() + " was not created: " + words
                        + ". Correct it and deploy it again.",
                cause == null ? "" : Job.stackOf(cause),
                cause);
    }

    private static String dependencies(BlueprintEvent event) {
        String @Nullable [] filters = event.getDependencies();
        return filters == null || filters.length == 0
                ? "unknown"
                : Arrays.stream(filters).collect(Collectors.joining(", "));
    }
}
