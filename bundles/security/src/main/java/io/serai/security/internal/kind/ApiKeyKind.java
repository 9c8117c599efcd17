package io.serai.security.internal.kind;

import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.security.internal.directory.ApiKeySpec;
import io.serai.security.internal.directory.SpecException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/** The kind {@code api-key}: whoever puts one says what it is for; the secret is made by the server, and stays as it is. */
@Component(service = ObjectKind.class)
public final class ApiKeyKind implements ObjectKind {
    private static final List<String> MADE = List.of(ApiKeySpec.ID, ApiKeySpec.SECRET_HASH);

    private final String schema = Schemas.of(ApiKeySpec.KIND);

    @Override
    public String name() {
        return ApiKeySpec.KIND;
    }

    @Override
    public String schema() {
        return schema;
    }

    @Override
    public boolean everywhere() {
        return true;
    }

    @Override
    public Map<String, Object> keep(ObjectKey key, Map<String, Object> given, Optional<Map<String, Object>> before)
            throws ObjectException {
        Map<String, Object> kept = new LinkedHashMap<>(given);
        MADE.forEach(kept::remove);
        before.ifPresent(
                spec -> MADE.stream().filter(spec::containsKey).forEach(made -> kept.put(made, spec.get(made))));
        check(key, kept);
        return kept;
    }

    @Override
    public Map<String, Object> show(ObjectKey key, Map<String, Object> kept) {
        Map<String, Object> shown = new LinkedHashMap<>(kept);
        shown.remove(ApiKeySpec.SECRET_HASH);
        return shown;
    }

    @Override
    public void check(ObjectKey key, Map<String, Object> kept) throws ObjectException {
        Refusals.requireEverywhere(key);
        try {
            ApiKeySpec.of(key.name(), kept);
        } catch (SpecException e) {
            throw Refusals.of(key, e);
        }
    }
}
