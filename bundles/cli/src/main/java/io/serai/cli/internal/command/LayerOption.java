package io.serai.cli.internal.command;

import io.serai.cli.internal.rest.ApiRequest;
import picocli.CommandLine.Option;

/** For which nodes an object is. */
public final class LayerOption {
    @Option(names = "--layer", paramLabel = "LAYER", description = "groups/GROUP or nodes/NODE; all nodes if absent")
    String layer = "";

    /** Adds it to a request. */
    public ApiRequest to(ApiRequest request) {
        return request.query("layer", layer);
    }

    /** Returns the layer; empty for all nodes. */
    public String layer() {
        return layer;
    }
}
