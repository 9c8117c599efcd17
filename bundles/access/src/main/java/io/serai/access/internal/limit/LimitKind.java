package io.serai.access.internal.limit;

import io.serai.access.internal.folder.SpecException;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Problem;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.object.SchemaFile;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The kind {@code rate-limit}. */
@Component(service = ObjectKind.class)
public final class LimitKind implements ObjectKind {
    private final String schema = SchemaFile.read(LimitKind.class, LimitSpec.KIND);

    /** Reads its schema. */
    @Activate
    public LimitKind() {}

    @Override
    public String name() {
        return LimitSpec.KIND;
    }

    @Override
    public String schema() {
        return schema;
    }

    @Override
    public void check(ObjectKey key, Map<String, Object> kept) throws ObjectException {
        if (!key.layer().isEmpty()) {
            throw refusal(key, "/layer", "limits are the same on all nodes; leave the layer out");
        }
        try {
            LimitSpec.of(key.name(), kept);
        } catch (SpecException e) {
            throw refusal(key, e.pointer(), String.valueOf(e.getMessage()));
        }
    }

    private static ObjectException refusal(ObjectKey key, String pointer, String message) {
        return new ObjectException(
                Reason.INVALID,
                "Cannot take " + key + ": " + message,
                List.of(new Problem(key.toString(), pointer, message)),
                null);
    }
}
