package io.serai.objects.internal.history;

import io.serai.api.object.ObservedKind;
import io.serai.api.object.SchemaFile;
import io.serai.api.state.CommitId;
import io.serai.api.state.PathDifference;
import io.serai.api.state.Revision;
import io.serai.api.state.StateException;
import io.serai.api.state.StateRepository;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kind {@code revision}: the commits of the state, newest first. */
@Component(service = ObservedKind.class)
public final class RevisionKind implements ObservedKind {
    static final String NAME = "revision";

    private static final Logger LOG = LoggerFactory.getLogger(RevisionKind.class);
    private static final int LISTED = 1_000;

    private final StateRepository state;
    private final String schema = SchemaFile.read(RevisionKind.class, NAME);

    /** Reads a history. */
    @Activate
    public RevisionKind(@Reference StateRepository state) {
        this.state = state;
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
            List<Observed> revisions = state.log(Optional.empty(), LISTED).stream()
                    .map(revision -> new Observed(revision.commit().value(), spec(revision), Map.of()))
                    .toList();
            return new Observation(revisions, List.of());
        } catch (StateException e) {
            LOG.warn("The history could not be read", e);
            return new Observation(List.of(), List.of());
        }
    }

    @Override
    public Optional<Observed> find(String name) {
        try {
            CommitId commit = state.resolve(name);
            Revision revision = state.revision(commit);
            Map<String, Object> spec = spec(revision);
            if (!revision.parents().isEmpty()) {
                spec.put(
                        "files",
                        state.diff(revision.parents().get(0), commit).stream()
                                .map(PathDifference::path)
                                .map(Object::toString)
                                .toList());
            }
            return Optional.of(new Observed(commit.value(), spec, Map.of()));
        } catch (StateException e) {
            LOG.debug("There is no such revision: name={}", name, e);
            return Optional.empty();
        }
    }

    static Map<String, Object> spec(Revision revision) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("time", revision.time().toString());
        spec.put("author", revision.author().name());
        spec.put("face", revision.author().face());
        spec.put("message", revision.message());
        spec.put("parents", revision.parents().stream().map(CommitId::value).toList());
        return spec;
    }
}
