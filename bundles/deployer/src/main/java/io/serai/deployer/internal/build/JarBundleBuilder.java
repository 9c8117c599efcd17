package io.serai.deployer.internal.build;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.util.List;

/** Not written yet. */
public final class JarBundleBuilder implements BundleBuilder {

    @Override
    public boolean handles(StatePath path) {
        return path.value().endsWith(".jar");
    }

    @Override
    public String description() {
        return "OSGi bundles and plain jars (.jar)";
    }

    @Override
    public void check(StatePath path, Content content) throws DeploymentException {}

    @Override
    public BuiltBundle build(Artifact artifact) throws DeploymentException {
        return new BuiltBundle(artifact.content(), List.of());
    }
}
