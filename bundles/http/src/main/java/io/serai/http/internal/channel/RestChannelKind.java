package io.serai.http.internal.channel;

import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.object.SchemaFile;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The kind {@code rest-channel}. */
@Component(service = ObjectKind.class)
public final class RestChannelKind implements ObjectKind {
    static final String NAME = "rest-channel";

    private final String schema = SchemaFile.read(RestChannelKind.class, NAME);

    /** Reads its schema. */
    @Activate
    public RestChannelKind() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String schema() {
        return schema;
    }

    @Override
    public void check(ObjectKey key, Map<String, Object> kept) throws ObjectException {
        RestChannelSpec.of(key.name(), kept);
    }
}
