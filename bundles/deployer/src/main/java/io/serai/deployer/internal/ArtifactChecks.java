package io.serai.deployer.internal;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.Content;
import io.serai.api.state.ContentValidator;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.deployer.internal.build.BundleBuilder;
import io.serai.deployer.internal.build.XmlKind;
import io.serai.deployer.internal.bundle.Builders;
import io.serai.deployer.internal.config.ConfigurationHandler;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Refuses artifacts and configurations that cannot be deployed, whatever face they come through. Artifacts of other
 * handlers are checked by validators of their own.
 */
@Component(service = ContentValidator.class)
public final class ArtifactChecks implements ContentValidator {
    private final Builders builders;

    /** Makes a validator that asks these builders. */
    @Activate
    public ArtifactChecks(@Reference Builders builders) {
        this.builders = builders;
    }

    @Override
    public boolean handles(StatePath path) {
        return ConfigurationHandler.isConfiguration(path)
                || (path.isBelow("deploy") && builders.find(path).isPresent());
    }

    @Override
    public void validate(StatePath path, Content content) throws StateException {
        try {
            check(path, content);
        } catch (DeploymentException e) {
            String message = String.valueOf(e.getMessage());
            StateException.Reason reason =
                    e.reason() == Reason.IO ? StateException.Reason.IO : StateException.Reason.INVALID;
            throw new StateException(reason, message, Map.of(path, message), e);
        }
    }

    private void check(StatePath path, Content content) throws DeploymentException {
        if (ConfigurationHandler.isConfiguration(path)) {
            ConfigurationHandler.check(path, content);
            return;
        }
        Optional<BundleBuilder> builder = builders.find(path);
        boolean bundle = !path.value().endsWith(".xml") || XmlKind.of(path, content) == XmlKind.BLUEPRINT;
        if (builder.isPresent() && bundle) {
            builder.get().check(path, content);
        }
    }
}
