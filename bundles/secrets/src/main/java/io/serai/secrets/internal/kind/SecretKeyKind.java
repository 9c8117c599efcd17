package io.serai.secrets.internal.kind;

import io.serai.api.object.ObservedKind;
import io.serai.api.object.SchemaFile;
import io.serai.secrets.internal.key.DataKey;
import io.serai.secrets.internal.key.KeyUpkeep;
import io.serai.secrets.internal.key.Keyring;
import io.serai.secrets.internal.key.Keys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kind {@code secret-key}: which keys there are. Nobody puts one; {@link RotateKeys} makes them. */
@Component(service = ObservedKind.class)
public final class SecretKeyKind implements ObservedKind {
    static final String NAME = "secret-key";

    private final String schema = SchemaFile.read(SecretKeyKind.class, NAME);
    private final Keys keys;
    private final KeyUpkeep upkeep;

    /** Looks at keys. */
    @Activate
    public SecretKeyKind(@Reference Keys keys, @Reference KeyUpkeep upkeep) {
        this.keys = keys;
        this.upkeep = upkeep;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String schema() {
        return schema;
    }

    @Override
    public Observation observe() {
        Keyring ring = keys.ring();
        Map<String, Integer> uses = upkeep.uses();
        List<Observed> observed = new ArrayList<>();
        for (DataKey key : ring.keys().values()) {
            boolean newest = ring.newest().filter(key::equals).isPresent();
            String state = newest ? "SEALS" : "OPENS";
            observed.add(
                    new Observed(key.id(), Map.of("created", key.created().toString()), status(key.id(), state, uses)));
        }
        ring.foreign().forEach(id -> observed.add(new Observed(id, Map.of(), status(id, "FOREIGN", uses))));
        observed.sort(Comparator.comparing(Observed::name));
        return new Observation(observed, List.of());
    }

    private static Map<String, Object> status(String id, String state, Map<String, Integer> uses) {
        long count = uses.getOrDefault(id, 0);
        String more =
                switch (state) {
                    case "SEALS" -> "seals what is put; ";
                    case "OPENS" -> "was replaced; ";
                    default -> "belongs to another cluster: restore it from its backup; ";
                };
        return Map.of("state", state, "message", more + count + " objects are sealed with it", "objects", count);
    }
}
