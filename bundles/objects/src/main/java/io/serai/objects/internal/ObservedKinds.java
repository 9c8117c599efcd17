package io.serai.objects.internal;

import io.serai.api.object.ObservedKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The kinds whose objects bundles see. They stand on the state, and what validates the state stands on the other kinds: so they are
 * apart, or neither could start before the other.
 */
@Component(service = ObservedKinds.class)
public final class ObservedKinds {
    private final Map<String, ObservedKind> kinds = new ConcurrentSkipListMap<>();

    /** Knows of none at first. */
    @Activate
    public ObservedKinds() {}

    /** Takes in a kind. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void add(ObservedKind kind) {
        kinds.put(kind.name(), kind);
    }

    void remove(ObservedKind kind) {
        kinds.remove(kind.name(), kind);
    }

    List<ObservedKind> all() {
        return List.copyOf(kinds.values());
    }

    Optional<ObservedKind> find(String name) {
        return Optional.ofNullable(kinds.get(name));
    }
}
