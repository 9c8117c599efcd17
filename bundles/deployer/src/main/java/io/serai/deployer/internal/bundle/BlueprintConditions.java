package io.serai.deployer.internal.bundle;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.deployer.internal.reconcile.Job;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.service.blueprint.container.BlueprintEvent;
import org.osgi.service.blueprint.container.BlueprintListener;

/** Tells whether the Blueprint container of a bundle is up, by what its extender says. */
public final class BlueprintConditions implements BundleConditions, BlueprintListener {
    private static final String HEADER = "Bundle-Blueprint";
    private static final String FOLDER = "OSGI-INF/blueprint/";

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
        if (event.getType() == BlueprintEvent.DESTROYED) {
            last.remove(event.getBundle());
        } else {
            last.put(event.getBundle(), event);
        }
        changed.run();
    }

    @Override
    public boolean check(Bundle bundle) throws DeploymentException {
        if (!declares(bundle)) {
            return false;
        }
        BlueprintEvent event = last.get(bundle);
        if (event == null || event.getType() == BlueprintEvent.CREATING) {
            throw new DeploymentException(
                    Reason.UNSATISFIED,
                    "It waits for its Blueprint container, which is being created; if it stays like this, install a"
                            + " Blueprint extender.",
                    null);
        }
        if (event.getType() == BlueprintEvent.FAILURE) {
            throw failed(bundle, event);
        }
        if (event.getType() == BlueprintEvent.GRACE_PERIOD || event.getType() == BlueprintEvent.WAITING) {
            throw new DeploymentException(
                    Reason.UNSATISFIED,
                    "It waits for services: " + dependencies(event) + "; deploy a bundle that registers them.",
                    null);
        }
        return true;
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
        String words = cause == null ? "services are missing: " + dependencies(event) : Job.rootCause(cause);
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
