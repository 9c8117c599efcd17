package io.serai.deployer.internal.build;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.util.List;

/** Not written yet. */
public final class JavaBundleBuilder implements BundleBuilder {
    private final Classpath classpath;

    /** Makes a builder that compiles against these packages. */
    public JavaBundleBuilder(Classpath classpath) {
        this.classpath = classpath;
    }

    @Override
    public boolean handles(StatePath path) {
        return path.value().endsWith(".java");
    }

    @Override
    public String description() {
        return "Java source files (.java)";
    }

    @Override
    public void check(StatePath path, Content content) throws DeploymentException {}

    @Override
    public BuiltBundle build(Artifact artifact) throws DeploymentException {
        return new BuiltBundle(artifact.content(), List.of(classpath.toString()));
    }
}
