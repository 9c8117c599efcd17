package io.serai.deployer.internal.bundle;

import io.serai.api.deploy.BundleExtension.Activation;
import io.serai.deployer.internal.reconcile.Job;
import io.serai.deployer.internal.reconcile.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Retires what a bundle published, and uninstalls it. Whatever goes wrong on the way, the way is gone to its end. */
final class DisposeTask implements Task {
    private static final Logger LOG = LoggerFactory.getLogger(DisposeTask.class);

    private final BundleDeployment deployment;
    private final boolean uninstall;
    private final Consumer<BundleDeployment> disposed;

    /**
     * Makes a task.
     *
     * @param uninstall whether to uninstall the bundle, not only to stop it
     * @param disposed is told when it is done, on the thread that did it
     */
    DisposeTask(BundleDeployment deployment, boolean uninstall, Consumer<BundleDeployment> disposed) {
        this.deployment = deployment;
        this.uninstall = uninstall;
        this.disposed = disposed;
    }

    @Override
    public void run() {
        List<Activation> activations = new ArrayList<>(deployment.activations.values());
        Collections.reverse(activations);
        activations.forEach(this::retire);
        Bundle bundle = deployment.bundle;
        if (bundle != null && bundle.getState() != Bundle.UNINSTALLED) {
            end(bundle);
        }
        disposed.accept(deployment);
    }

    private void retire(Activation activation) {
        try {
            activation.retire();
        } catch (RuntimeException e) {
            LOG.warn("Artifact was not retired cleanly: path={}, reason={}", deployment.path(), Job.rootCause(e), e);
        }
    }

    private void end(Bundle bundle) {
        try {
            if (uninstall) {
                bundle.uninstall();
            } else {
                bundle.stop(Bundle.STOP_TRANSIENT);
            }
        } catch (BundleException | IllegalStateException e) {
            LOG.warn(
                    "Bundle was not removed cleanly: path={}, bundle={}, reason={}",
                    deployment.path(),
                    bundle.getBundleId(),
                    Job.rootCause(e));
        }
    }

    @Override
    public void finished(Job job) {
        // the consumer has been told
    }

    @Override
    public String subject() {
        return "removal of " + deployment.path();
    }
}
