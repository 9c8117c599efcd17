package io.serai.deployer.internal;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.ArtifactHandler;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.StatePath;
import io.serai.deployer.internal.build.XmlKind;
import io.serai.deployer.internal.bundle.Builders;
import io.serai.deployer.internal.bundle.BundleEngine;
import io.serai.deployer.internal.handler.HandlerEngine;
import io.serai.deployer.internal.handler.Handlers;
import io.serai.deployer.internal.handler.NodeHandler;
import io.serai.deployer.internal.reconcile.Engine;
import io.serai.deployer.internal.reconcile.Router;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sends what bundles stand on to its handlers first, then bundles to their engine, then the rest to its handlers. */
final class ArtifactRouter implements Router {
    private static final int NODE = 0;
    private static final int BUNDLE = 1;
    private static final int OTHER = 2;

    private final Builders builders;
    private final Handlers handlers;
    private final BundleEngine bundles;
    private final HandlerEngine others;

    ArtifactRouter(Builders builders, Handlers handlers, BundleEngine bundles, HandlerEngine others) {
        this.builders = builders;
        this.handlers = handlers;
        this.bundles = bundles;
        this.others = others;
    }

    @Override
    public Collection<Engine> engines() {
        return List.of(bundles, others);
    }

    @Override
    public boolean concerns(StatePath path) {
        return path.isBelow("deploy") || path.isBelow("config") || path.value().equals("features.yaml");
    }

    @Override
    public Route route(Artifact artifact) throws DeploymentException {
        StatePath path = artifact.path();
        if (isBundle(artifact)) {
            return new Route(bundles, BUNDLE);
        }
        Optional<ArtifactHandler> handler = handlers.find(path);
        if (handler.isEmpty()) {
            throw new DeploymentException(
                    Reason.UNSUPPORTED, "Nothing on this node takes " + path + ". Taken are: " + taken() + ".", null);
        }
        return new Route(others, handler.get() instanceof NodeHandler ? NODE : OTHER);
    }

    /** Returns whether an artifact becomes a bundle; of XML files, the content says whether it does. */
    private boolean isBundle(Artifact artifact) throws DeploymentException {
        StatePath path = artifact.path();
        if (!path.isBelow("deploy") || builders.find(path).isEmpty()) {
            return false;
        }
        return !path.value().endsWith(".xml") || XmlKind.of(path, artifact.content()) == XmlKind.BLUEPRINT;
    }

    private String taken() {
        return Stream.concat(builders.descriptions().stream(), handlers.descriptions().stream())
                .collect(Collectors.joining("; "));
    }
}
