package io.serai.admin.internal.rest;

import io.serai.api.object.ActionService;
import io.serai.api.object.ObjectException;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Does actions with objects and with kinds. */
@Component(service = ActionEndpoints.class)
public final class ActionEndpoints {
    private final ActionService actions;

    /** Serves these. */
    @Activate
    public ActionEndpoints(@Reference ActionService actions) {
        this.actions = actions;
    }

    ActionService actions() {
        return actions;
    }

    ApiAnswer act(ApiRequest request, String kind, Optional<String> object, String action)
            throws ApiException, ObjectException {
        request.allow(Set.of());
        return ApiAnswer.ok(actions.act(request.subject(), kind, object, action, JsonBody.read(request)));
    }
}
