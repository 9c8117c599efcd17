package io.serai.objects.internal.history;

import io.serai.api.object.ObservedKind;
import io.serai.api.object.SchemaFile;
import io.serai.api.state.MergeConflict;
import io.serai.api.state.StateException;
import io.serai.api.state.StateReplica;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kind {@code conflict}: files that were changed in two ways, until somebody settles it. */
@Component(service = ObservedKind.class)
public final class ConflictKind implements ObservedKind {
    static final String NAME = "conflict";

    private static final Logger LOG = LoggerFactory.getLogger(ConflictKind.class);

    private final StateReplica replica;
    private final String schema = SchemaFile.read(ConflictKind.class, NAME);

    /** Reads a history. */
    @Activate
    public ConflictKind(@Reference StateReplica replica) {
        this.replica = replica;
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
        try {
            List<Observed> conflicts =
                    replica.conflicts().stream().map(ConflictKind::observed).toList();
            return new Observation(conflicts, List.of());
        } catch (StateException e) {
            LOG.warn("The conflicts could not be read from the history", e);
            return new Observation(List.of(), List.of());
        }
    }

    /** Returns what the conflict of a file is called: a name has no slash. */
    static String name(MergeConflict conflict) {
        return conflict.path().value().replace('/', ':');
    }

    private static Observed observed(MergeConflict conflict) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("path", conflict.path().value());
        spec.put("won", conflict.won().value());
        spec.put("lost", conflict.lost().value());
        spec.put("merge", conflict.merge().value());
        return new Observed(name(conflict), spec, Map.of("state", "OPEN"));
    }
}
