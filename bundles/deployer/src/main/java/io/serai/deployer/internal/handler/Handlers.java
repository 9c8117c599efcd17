package io.serai.deployer.internal.handler;

import io.serai.api.deploy.ArtifactHandler;
import io.serai.api.state.StatePath;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The handlers that are there now. Thread-safe. */
public final class Handlers {
    private final List<ArtifactHandler> handlers = new CopyOnWriteArrayList<>();

    /** Adds one. */
    public void add(ArtifactHandler handler) {
        handlers.add(handler);
    }

    /** Removes one. */
    public void remove(ArtifactHandler handler) {
        handlers.remove(handler);
    }

    /** Returns the handler for files of this path. */
    public Optional<ArtifactHandler> find(StatePath path) {
        return handlers.stream().filter(handler -> handler.handles(path)).findFirst();
    }

    /** Returns whether a handler is still there. */
    public boolean contains(ArtifactHandler handler) {
        return handlers.contains(handler);
    }

    /** Returns the deployer's own. */
    List<NodeHandler> own() {
        return handlers.stream()
                .filter(NodeHandler.class::isInstance)
                .map(NodeHandler.class::cast)
                .toList();
    }

    /** Returns what they take, for people. */
    public List<String> descriptions() {
        return handlers.stream().map(ArtifactHandler::description).toList();
    }
}
