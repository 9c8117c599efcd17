package io.serai.deployer.internal.features;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.state.Content;
import io.serai.api.state.ContentValidator;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.deployer.internal.build.JarBundleBuilder;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Refuses a {@code features.yaml} of another shape, and archives that are none. */
@Component(service = ContentValidator.class)
public final class FeatureChecks implements ContentValidator {
    private final JarBundleBuilder archives = new JarBundleBuilder();

    @Override
    public boolean handles(StatePath path) {
        return path.equals(FeatureHandler.LIST) || isArchive(path);
    }

    private static boolean isArchive(StatePath path) {
        return path.isBelow("deploy") && path.value().endsWith(".kar");
    }

    @Override
    public void validate(StatePath path, Content content) throws StateException {
        try {
            if (isArchive(path)) {
                archives.check(path, content);
            } else {
                FeatureList.read(content);
            }
        } catch (DeploymentException e) {
            String message = String.valueOf(e.getMessage());
            throw new StateException(StateException.Reason.INVALID, message, Map.of(path, message), e);
        }
    }
}
