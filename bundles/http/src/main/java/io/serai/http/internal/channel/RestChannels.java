package io.serai.http.internal.channel;

import io.serai.api.access.ChannelAccess;
import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.ArtifactHandler;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectException;
import io.serai.api.state.StatePath;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Serves the channels of the state, {@code objects/rest-channel/<name>.yaml}. A channel is deployed whether or not its
 * service is there; without it, it answers 503 until the service comes.
 */
@Component(service = ArtifactHandler.class)
public final class RestChannels implements ArtifactHandler {
    private static final String FOLDER = "objects/" + RestChannelKind.NAME;
    private static final String SUFFIX = ".yaml";

    private final ChannelTable table;
    private final ObjectCodec codec;
    private final ChannelAccess access;
    private final Map<StatePath, List<Route>> served = new ConcurrentHashMap<>();

    /** Serves them from a table. */
    @Activate
    public RestChannels(@Reference ChannelTable table, @Reference ObjectCodec codec, @Reference ChannelAccess access) {
        this.table = table;
        this.access = access;
        this.codec = codec;
    }

    /** Removes them all: the deployer has gone, and applies all again when it is back. */
    @Deactivate
    public void withdraw() {
        served.keySet().forEach(this::remove);
    }

    @Override
    public String description() {
        return "REST channels (" + FOLDER + "/*" + SUFFIX + ")";
    }

    @Override
    public boolean handles(StatePath path) {
        return path.isBelow(FOLDER)
                && path.segments().size() == 3
                && path.value().endsWith(SUFFIX);
    }

    @Override
    public String apply(Artifact artifact) throws DeploymentException {
        StatePath path = artifact.path();
        RestChannelSpec spec;
        try {
            spec = RestChannelSpec.of(name(path), codec.spec(path, artifact.content()));
        } catch (ObjectException e) {
            Reason reason = e.reason() == ObjectException.Reason.IO ? Reason.IO : Reason.INVALID;
            throw new DeploymentException(reason, String.valueOf(e.getMessage()), e);
        }
        ChannelOptions options =
                spec.rules().isOpen() ? spec.options() : spec.options().guardedBy(access.guard(spec.rules()));
        List<Route> previous = served.getOrDefault(path, List.of());
        table.replace(path.value(), previous, spec.routes(), spec.service(), options);
        served.put(path, spec.routes());
        return "channel "
                + spec.routes().stream().map(Route::toString).collect(Collectors.joining(", "))
                + " to service " + spec.service();
    }

    private static String name(StatePath path) {
        String file = path.fileName();
        return file.substring(0, file.length() - SUFFIX.length());
    }

    @Override
    public void remove(StatePath path) {
        List<Route> previous = served.remove(path);
        if (previous != null) {
            table.remove(path.value(), previous);
        }
    }
}
