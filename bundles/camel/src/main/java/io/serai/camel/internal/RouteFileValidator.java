package io.serai.camel.internal;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.state.Content;
import io.serai.api.state.ContentValidator;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Refuses files of routes that Camel cannot read. Whether this node has what the routes use is no matter of the state. */
@Component(service = ContentValidator.class)
public final class RouteFileValidator implements ContentValidator {
    private final RouteContexts factory;

    @Activate
    public RouteFileValidator(@Reference RouteContexts factory) {
        this.factory = factory;
    }

    @Override
    public boolean handles(StatePath path) {
        return RouteFile.accepts(path);
    }

    @Override
    public void validate(StatePath path, Content content) throws StateException {
        try {
            factory.load(RouteFile.read(path, content)).close();
        } catch (IOException e) {
            throw new StateException(Reason.IO, "Cannot read " + path + ": " + e.getMessage(), e);
        } catch (DeploymentException e) {
            String problem = String.valueOf(e.getMessage());
            throw new StateException(Reason.INVALID, problem, Map.of(path, problem), e);
        }
    }
}
