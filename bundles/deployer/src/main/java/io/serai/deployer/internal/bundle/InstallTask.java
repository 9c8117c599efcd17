package io.serai.deployer.internal.bundle;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.deployer.internal.build.BuiltBundle;
import io.serai.deployer.internal.reconcile.Job;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** Builds the bundle of an artifact and installs it. */
final class InstallTask extends StageTask {
    private static final Duration PATIENCE_FOR_THE_DISK = Duration.ofSeconds(3);

    private final Builders builders;
    private final BundleContext context;

    InstallTask(BundleDeployment deployment, BundlePipeline pipeline, Builders builders, BundleContext context) {
        super(deployment, pipeline);
        this.builders = builders;
        this.context = context;
    }

    @Override
    public void run() throws DeploymentException {
        BundleDeployment deployment = deployment();
        if (deployment.bundle != null) {
            return;
        }
        BuiltBundle built = builders.build(deployment.artifact());
        deployment.warnings = built.warnings();
        try (InputStream jar = built.jar().open()) {
            deployment.bundle = context.installBundle(deployment.location().toString(), jar);
        } catch (BundleException e) {
            throw new DeploymentException(
                    reason(e),
                    deployment.path() + " cannot be installed: " + Job.rootCause(e) + ".",
                    Job.stackOf(e),
                    e);
        } catch (IOException e) {
            throw new DeploymentException(
                    Reason.IO, deployment.path() + " cannot be read: " + Job.rootCause(e) + ".", Job.stackOf(e), e);
        }
    }

    private static Reason reason(BundleException e) {
        if (e.getCause() instanceof IOException) {
            return Reason.IO;
        }
        return e.getType() == BundleException.DUPLICATE_BUNDLE_ERROR ? Reason.CONFLICT : Reason.INVALID;
    }

    /** Installing takes the disk and the framework's locks, of which several threads at a time make nothing faster. */
    @Override
    public Duration patience() {
        return PATIENCE_FOR_THE_DISK;
    }

    @Override
    public String subject() {
        return "installation of " + deployment().path();
    }
}
