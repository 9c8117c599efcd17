package io.serai.deployer.internal.reconcile;

import io.serai.api.deploy.Artifact;
import io.serai.api.state.StatePath;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Makes artifacts run and tells {@link Reports} how each of them ended. Called by the reconciler's thread only; returns
 * when all is settled but what takes long, whose end the crew reports later.
 */
public interface Engine {

    /** Applies artifacts; one that runs in this content already is reported as it stands. */
    void deploy(List<Artifact> artifacts) throws InterruptedException;

    /** Undoes what was applied for these paths. */
    void remove(Collection<StatePath> paths) throws InterruptedException;

    /** Looks at what runs after something on the node has changed. */
    void changed(Set<Cause> causes) throws InterruptedException;
}
