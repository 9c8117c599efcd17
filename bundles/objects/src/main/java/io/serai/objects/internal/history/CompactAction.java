package io.serai.objects.internal.history;

import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectException;
import io.serai.api.state.Compaction;
import io.serai.api.state.StateCompactionService;
import io.serai.api.state.StateException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Drops old versions on the node that is asked. */
@Component(service = ObjectAction.class)
public final class CompactAction implements ObjectAction {
    private final StateCompactionService compaction;

    /** Works on a history. */
    @Activate
    public CompactAction(@Reference StateCompactionService compaction) {
        this.compaction = compaction;
    }

    @Override
    public String kind() {
        return RevisionKind.NAME;
    }

    @Override
    public String name() {
        return "compact";
    }

    @Override
    public boolean ofObject() {
        return false;
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "description": "Drops old versions on this node beyond the retention, and says what it kept",
                 "additionalProperties": false,
                 "properties": {"dryRun": {"type": "boolean", "description": "Whether to say only what would be dropped"}}}""";
    }

    @Override
    public Map<String, Object> run(Call call) throws ObjectException {
        try {
            Compaction result = compaction.compact(call.flag("dryRun"));
            Map<String, Object> dropped = new LinkedHashMap<>();
            result.dropped().forEach((path, versions) -> dropped.put(path.value(), versions.longValue()));
            Map<String, Object> kept = new LinkedHashMap<>();
            result.kept()
                    .forEach((reason, count) -> kept.put(reason.name().toLowerCase(Locale.ROOT), count.longValue()));
            return Map.of("dropped", dropped, "bytes", result.bytes(), "kept", kept, "gone", (long) result.gone());
        } catch (StateException e) {
            throw ObjectException.of(e);
        }
    }
}
