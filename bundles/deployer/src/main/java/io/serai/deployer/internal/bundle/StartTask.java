package io.serai.deployer.internal.bundle;

import io.serai.api.deploy.BundleExtension;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.deployer.internal.reconcile.Job;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;

/** Starts a bundle, and has extensions prepare what it declares. */
final class StartTask extends StageTask {
    private final Extensions extensions;
    private final List<BundleConditions> conditions;
    private final MissingRequirements missing;

    StartTask(
            BundleDeployment deployment,
            BundlePipeline pipeline,
            Extensions extensions,
            List<BundleConditions> conditions,
            MissingRequirements missing) {
        super(deployment, pipeline);
        this.extensions = extensions;
        this.conditions = conditions;
        this.missing = missing;
    }

    @Override
    public void run() throws DeploymentException {
        BundleDeployment deployment = deployment();
        Bundle bundle = deployment.installed();
        if (deployment.fragment()) {
            attach(bundle);
            return;
        }
        start(bundle);
        for (BundleConditions condition : conditions) {
            settle(condition, bundle);
            deployment.conditional |= condition.check(bundle);
        }
        for (BundleExtension extension : extensions.all()) {
            if (!deployment.consulted.contains(extension)) {
                extension
                        .prepare(bundle, deployment.path().value())
                        .ifPresent(activation -> deployment.activations.put(extension, activation));
                deployment.consulted.add(extension);
            }
        }
    }

    private static void settle(BundleConditions condition, Bundle bundle) {
        try {
            condition.settle(bundle);
        } catch (InterruptedException e) {
            // the job is given up, so that its verdict is fixed already
            Thread.currentThread().interrupt();
        }
    }

    private void attach(Bundle fragment) throws DeploymentException {
        if (fragment.adapt(BundleWiring.class) == null) {
            throw unresolved(fragment, "");
        }
    }

    private void start(Bundle bundle) throws DeploymentException {
        try {
            if (conditions.stream().anyMatch(condition -> condition.worthRestart(bundle))) {
                bundle.stop(Bundle.STOP_TRANSIENT);
            }
            bundle.start(Bundle.START_TRANSIENT);
        } catch (BundleException e) {
            if (bundle.getState() == Bundle.INSTALLED) {
                throw unresolved(bundle, String.valueOf(e.getMessage()));
            }
            if (e.getType() == BundleException.START_TRANSIENT_ERROR) {
                throw new DeploymentException(
                        Reason.IO, name(bundle) + " cannot be started yet: " + e.getMessage(), Job.stackOf(e), e);
            }
            throw new DeploymentException(
                    Reason.START_FAILED,
                    name(bundle) + " did not start: " + Job.rootCause(e) + ". Correct it and deploy it again.",
                    Job.stackOf(e),
                    e);
        } catch (IllegalStateException e) {
            throw new DeploymentException(
                    Reason.IO, name(bundle) + " did not start: " + Job.rootCause(e) + ".", Job.stackOf(e), e);
        }
    }

    private DeploymentException unresolved(Bundle bundle, String raw) {
        return new DeploymentException(
                Reason.UNSATISFIED, name(bundle) + " cannot run yet. " + missing.explain(bundle), raw, null);
    }

    private static String name(Bundle bundle) {
        return "Bundle " + bundle.getSymbolicName() + " " + bundle.getVersion();
    }

    @Override
    public String subject() {
        return "start of " + deployment().path();
    }
}
