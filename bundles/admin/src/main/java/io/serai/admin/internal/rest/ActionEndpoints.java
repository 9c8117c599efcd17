package io.serai.admin.internal.rest;

import io.serai.api.object.ActionService;
import io.serai.api.object.ObjectException;
import io.serai.api.state.CommitId;
import io.serai.api.state.StatePath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Does actions with objects and with kinds. */
@Component(service = ActionEndpoints.class)
public final class ActionEndpoints {
    private static final Pattern LAYER = Pattern.compile("^(?:groups|nodes)/[^/]+/");

    private final ActionService actions;
    private final ObjectEndpoints objects;

    /** Serves these. */
    @Activate
    public ActionEndpoints(@Reference ActionService actions, @Reference ObjectEndpoints objects) {
        this.actions = actions;
        this.objects = objects;
    }

    ActionService actions() {
        return actions;
    }

    ApiAnswer act(ApiRequest request, String kind, Optional<String> object, String action)
            throws ApiException, ObjectException, InterruptedException {
        request.allow(Set.of("wait", "timeout"));
        ObjectEndpoints.checkWait(request);
        Map<String, Object> done =
                new LinkedHashMap<>(actions.act(request.subject(), kind, object, action, JsonBody.read(request)));
        if (done.get("commit") instanceof String commit && done.get("path") instanceof String path) {
            StatePath relative = new StatePath(LAYER.matcher(path).replaceFirst(""));
            objects.addRollout(request, new CommitId(commit), List.of(relative), done);
        }
        return ApiAnswer.ok(done);
    }
}
