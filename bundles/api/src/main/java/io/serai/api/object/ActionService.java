package io.serai.api.object;

import io.serai.api.security.Subject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** All actions with objects. Asks each time whether the subject may, and records what was done. Thread-safe. */
@ProviderType
public interface ActionService {

    /** Returns all actions, by kind and name. */
    List<ObjectAction> actions();

    /**
     * Does an action; may take its time.
     *
     * @param object the name of the object it is done with; empty if it is done with the kind
     * @throws ObjectException {@code NOT_FOUND} if there is no such action, naming the nearest, {@code INVALID} if the parameters
     *     do not fit, {@code FORBIDDEN}, and whatever the action refuses
     */
    Map<String, Object> act(
            Subject subject, String kind, Optional<String> object, String action, Map<String, Object> parameters)
            throws ObjectException;
}
