package io.serai.deployer.internal.bundle;

import io.serai.api.deploy.BundleExtension;
import io.serai.api.deploy.BundleExtension.Activation;
import io.serai.api.deploy.DeploymentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes what extensions prepared of a bundle, in place of what an earlier bundle published. */
final class PublishTask extends StageTask {
    private static final Logger LOG = LoggerFactory.getLogger(PublishTask.class);

    private final @Nullable BundleDeployment previous;

    PublishTask(BundleDeployment deployment, BundlePipeline pipeline, @Nullable BundleDeployment previous) {
        super(deployment, pipeline);
        this.previous = previous;
    }

    @Override
    public void run() throws DeploymentException {
        BundleDeployment deployment = deployment();
        List<BundleExtension> done = new ArrayList<>();
        for (Map.Entry<BundleExtension, Activation> each : deployment.activations.entrySet()) {
            if (!deployment.served.containsKey(each.getKey())) {
                publish(each.getKey(), each.getValue(), done);
            }
        }
        deployment.wiring = deployment.installed().adapt(BundleWiring.class);
    }

    private void publish(BundleExtension extension, Activation activation, List<BundleExtension> done)
            throws DeploymentException {
        try {
            deployment().served.put(extension, activation.publish(before(extension)));
            done.add(extension);
        } catch (DeploymentException | RuntimeException e) {
            done.forEach(this::takeBack);
            throw e;
        }
    }

    /** Has the previous version serve again what this one has taken over already. */
    private void takeBack(BundleExtension extension) {
        deployment().served.remove(extension);
        Optional<Activation> before = before(extension);
        try {
            if (before.isPresent()) {
                before.get()
                        .publish(Optional.ofNullable(deployment().activations.get(extension)));
            }
        } catch (DeploymentException e) {
            LOG.error(
                    "Previous version does not serve again: path={}, reason={}",
                    deployment().path(),
                    e.getMessage(),
                    e);
        }
    }

    private Optional<Activation> before(BundleExtension extension) {
        return previous == null ? Optional.empty() : Optional.ofNullable(previous.activations.get(extension));
    }

    @Override
    public String subject() {
        return "publication of " + deployment().path();
    }
}
