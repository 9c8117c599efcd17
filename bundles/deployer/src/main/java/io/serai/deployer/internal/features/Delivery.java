package io.serai.deployer.internal.features;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.deployer.internal.resolved.Resolution;
import io.serai.deployer.internal.resolved.ResolvedArtifacts;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Delivers what the features of one artifact need, as recorded by the node that came first. */
final class Delivery implements Supply {
    private final ResolvedArtifacts resolved;
    private final Resolution resolution;

    Delivery(Artifact artifact, ResolvedArtifacts resolved) {
        this.resolved = resolved;
        this.resolution = resolved.begin(artifact);
    }

    /** Returns the feature repositories to give to Karaf in place of others. */
    List<String> repositories(List<String> asked) throws DeploymentException {
        List<String> repositories = resolution.repositories(asked);
        resolved.took(resolution);
        return repositories;
    }

    @Override
    public void bring(Collection<String> uris) throws DeploymentException {
        resolution.bring(uris);
        resolved.took(resolution);
    }

    @Override
    public List<String> replaced(FeatureList list) {
        return list.repositories().stream()
                .filter(uri -> !resolved.origin(uri).equals(uri))
                .map(resolved::origin)
                .toList();
    }

    @Override
    public void compare() throws DeploymentException {
        resolution.compare();
    }

    /** Records what was delivered; returns what is wrong if another node has recorded something else meanwhile. */
    Optional<String> record(OtherNodes others) throws DeploymentException {
        others.letLeaderGoFirst(resolution::isRecorded);
        return resolution.record(others.leads());
    }
}
