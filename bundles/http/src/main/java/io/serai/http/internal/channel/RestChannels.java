package io.serai.http.internal.channel;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.ArtifactHandler;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.Content;
import io.serai.api.state.ContentValidator;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
@Component(service = {ArtifactHandler.class, ContentValidator.class})
public final class RestChannels implements ArtifactHandler, ContentValidator {
    private static final String FOLDER = "objects/" + RestChannelSpec.KIND;
    private static final String SUFFIX = ".yaml";
    private static final int MAX_FILE_BYTES = 64 * 1024;

    private final ChannelTable table;
    private final Map<StatePath, List<Route>> served = new ConcurrentHashMap<>();

    /** Serves them from a table. */
    @Activate
    public RestChannels(@Reference ChannelTable table) {
        this.table = table;
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
    public void validate(StatePath path, Content content) throws StateException {
        try {
            read(path, content);
        } catch (IllegalArgumentException e) {
            throw new StateException(StateException.Reason.INVALID, message(e), Map.of(path, message(e)), e);
        } catch (IOException e) {
            throw new StateException(StateException.Reason.IO, "Cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String apply(Artifact artifact) throws DeploymentException {
        StatePath path = artifact.path();
        RestChannelSpec spec;
        try {
            spec = read(path, artifact.content());
        } catch (IllegalArgumentException e) {
            throw new DeploymentException(Reason.INVALID, message(e), e);
        } catch (IOException e) {
            throw new DeploymentException(Reason.IO, "Cannot read " + path + ": " + e.getMessage(), e);
        }
        List<Route> previous = served.getOrDefault(path, List.of());
        table.replace(path.value(), previous, spec.routes(), spec.service(), spec.options());
        served.put(path, spec.routes());
        return "channel "
                + spec.routes().stream().map(Route::toString).collect(Collectors.joining(", "))
                + " to service " + spec.service();
    }

    @Override
    public void remove(StatePath path) {
        List<Route> previous = served.remove(path);
        if (previous != null) {
            table.remove(path.value(), previous);
        }
    }

    private static String message(IllegalArgumentException refusal) {
        return String.valueOf(refusal.getMessage());
    }

    private static RestChannelSpec read(StatePath path, Content content) throws IOException {
        if (content.size() > MAX_FILE_BYTES) {
            throw new IllegalArgumentException(
                    path + " has " + content.size() + " bytes; a channel has at most " + MAX_FILE_BYTES);
        }
        String file = path.fileName();
        String name = file.substring(0, file.length() - SUFFIX.length());
        return RestChannelSpec.read(path.value(), name, new String(content.bytes(), StandardCharsets.UTF_8));
    }
}
