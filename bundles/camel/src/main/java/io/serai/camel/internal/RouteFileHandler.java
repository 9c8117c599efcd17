package io.serai.camel.internal;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.ArtifactHandler;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Runs each file of routes in a context of its own. */
@Component(service = ArtifactHandler.class)
public final class RouteFileHandler implements ArtifactHandler {
    private final RouteContexts factory;
    private final Map<StatePath, RouteContext> serving = new ConcurrentHashMap<>();

    @Activate
    public RouteFileHandler(@Reference RouteContexts factory) {
        this.factory = factory;
    }

    @Deactivate
    void deactivate() {
        factory.closeAll(serving.values());
        serving.clear();
    }

    @Override
    public String description() {
        return "Camel routes (.camel.yaml, .camel.xml)";
    }

    @Override
    public boolean handles(StatePath path) {
        return RouteFile.accepts(path);
    }

    @Override
    public String apply(Artifact artifact) throws DeploymentException {
        RouteContext next = factory.load(read(artifact));
        next.prepare();
        Optional<RouteContext> previous = Optional.ofNullable(serving.get(artifact.path()));
        next.serve(previous);
        serving.put(artifact.path(), next);
        previous.ifPresent(factory::retire);
        return next.summary();
    }

    @Override
    public void remove(StatePath path) {
        RouteContext context = serving.remove(path);
        if (context != null) {
            factory.end(context);
        }
    }

    private static RouteFile read(Artifact artifact) throws DeploymentException {
        try {
            return RouteFile.read(artifact.path(), artifact.content());
        } catch (IOException e) {
            throw new DeploymentException(
                    Reason.IO, "Cannot read " + artifact.path() + ": " + e.getMessage() + "; it is tried again", e);
        }
    }
}
