package io.serai.security.internal.kind;

import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.security.internal.directory.RoleSpec;
import io.serai.security.internal.directory.SpecException;
import io.serai.security.internal.role.BuiltInRoles;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Component;

/** The kind {@code role}: what those may do who have it. */
@Component(service = ObjectKind.class)
public final class RoleKind implements ObjectKind {
    private final String schema = Schemas.of(RoleSpec.KIND);

    @Override
    public String name() {
        return RoleSpec.KIND;
    }

    @Override
    public String schema() {
        return schema;
    }

    @Override
    public Map<String, Map<String, Object>> builtIn() {
        Map<String, Map<String, Object>> specs = new TreeMap<>();
        BuiltInRoles.all().forEach((name, role) -> specs.put(name, role.spec()));
        return specs;
    }

    @Override
    public boolean everywhere() {
        return true;
    }

    @Override
    public Map<String, Object> keep(ObjectKey key, Map<String, Object> given, Optional<Map<String, Object>> before)
            throws ObjectException {
        check(key, given);
        return given;
    }

    @Override
    public void check(ObjectKey key, Map<String, Object> kept) throws ObjectException {
        Refusals.requireEverywhere(key);
        try {
            RoleSpec.of(key.name(), kept);
        } catch (SpecException e) {
            throw Refusals.of(key, e);
        }
    }
}
