package io.serai.deployer.internal.bundle;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.StatePath;
import io.serai.deployer.internal.build.BlueprintBundleBuilder;
import io.serai.deployer.internal.build.BuiltBundle;
import io.serai.deployer.internal.build.BundleBuilder;
import io.serai.deployer.internal.build.FrameworkClasspath;
import io.serai.deployer.internal.build.JarBundleBuilder;
import io.serai.deployer.internal.build.JavaBundleBuilder;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The builders of bundles; shared, because a builder remembers what it has compiled to check it. Thread-safe. */
@Component(service = Builders.class)
public final class Builders {
    private final List<BundleBuilder> builders;

    /** Makes the builders of this node, which compile sources against what its bundles export. */
    @Activate
    public Builders(BundleContext context) {
        this(List.of(
                new JarBundleBuilder(),
                new JavaBundleBuilder(new FrameworkClasspath(context)),
                new BlueprintBundleBuilder()));
    }

    /** Makes a choice of builders, of which the first that handles a path takes it. */
    public Builders(List<BundleBuilder> builders) {
        this.builders = List.copyOf(builders);
    }

    /** Returns the builder for files of this path. */
    public Optional<BundleBuilder> find(StatePath path) {
        return builders.stream().filter(builder -> builder.handles(path)).findFirst();
    }

    /** Returns what they take, for people. */
    public List<String> descriptions() {
        return builders.stream().map(BundleBuilder::description).toList();
    }

    BuiltBundle build(Artifact artifact) throws DeploymentException {
        BundleBuilder builder = find(artifact.path())
                .orElseThrow(() -> new DeploymentException(
                        Reason.UNSUPPORTED, artifact.path() + " is no bundle and cannot become one.", null));
        return builder.build(artifact);
    }
}
