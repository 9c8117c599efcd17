package io.serai.security.internal.audit;

import io.serai.api.cluster.ClusterService;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectQuery;
import io.serai.api.object.ObservedKind;
import io.serai.api.object.QueriedKind;
import io.serai.api.object.SchemaFile;
import io.serai.api.security.AuditLog.Entry;
import io.serai.security.internal.audit.AuditWire.Ask;
import io.serai.security.internal.audit.AuditWire.Filter;
import io.serai.security.internal.audit.AuditWire.Item;
import io.serai.security.internal.audit.AuditWire.Wish;
import io.serai.security.internal.audit.LogsOfNodes.Answers;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kind {@code audit}: the entries of the logs of all nodes, newest first. */
@Component(service = ObservedKind.class)
public final class AuditKind implements QueriedKind {
    static final String NAME = "audit";

    /** A person waits for the answer; a node that is busy is told as unreachable. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int LARGEST_PAGE = 1_000;
    /** So many entries may have the very time that a page ended at. */
    private static final int SAME_TIME = 100;

    private static final Pattern ENTRY = Pattern.compile("(.+)-([1-9][0-9]{0,17})");

    private final LogsOfNodes logs;
    private final Clock clock;
    private final String schema = SchemaFile.read(AuditKind.class, NAME);

    /** Asks the nodes of a cluster. */
    @Activate
    public AuditKind(@Reference ClusterService cluster) {
        this(cluster, Clock.systemUTC());
    }

    AuditKind(ClusterService cluster, Clock clock) {
        this.logs = new LogsOfNodes(cluster);
        this.clock = clock;
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
    public boolean confidential() {
        return true;
    }

    @Override
    public Found query(ObjectQuery query) throws ObjectException {
        Optional<AuditPlace> last = Optional.empty();
        if (query.cursor().isPresent()) {
            last = Optional.of(AuditPlace.read(query.cursor().get()));
        }
        int limit = Math.min(query.limit(), LARGEST_PAGE);
        Filter filter = new AuditFilter(query.conditions(), clock.instant())
                .filter(last.map(AuditPlace::time), limit + SAME_TIME);
        Answers answers = logs.ask(new Ask(AuditWire.VERSION, Wish.SEARCH, 0, filter), PATIENCE);
        Optional<AuditPlace> after = last;
        List<Entry> rest = answers.byNode().values().stream()
                .flatMap(answer -> answer.entries().stream().map(Item::entry))
                .filter(entry -> after.isEmpty() || AuditPlace.of(entry).compareTo(after.get()) > 0)
                .sorted((one, other) -> AuditPlace.of(one).compareTo(AuditPlace.of(other)))
                .toList();
        List<Entry> page = rest.subList(0, Math.min(limit, rest.size()));
        Optional<String> next = page.size() < rest.size()
                ? Optional.of(AuditPlace.of(page.get(page.size() - 1)).cursor())
                : Optional.empty();
        return new Found(page.stream().map(AuditKind::observed).toList(), next, answers.unreachable());
    }

    @Override
    public Observation observe() {
        try {
            Found found = query(ObjectQuery.all(NAME));
            return new Observation(found.objects(), found.unreachable());
        } catch (ObjectException e) {
            throw new IllegalStateException("A query without conditions was refused", e);
        }
    }

    @Override
    public Optional<Observed> find(String name) {
        Matcher entry = ENTRY.matcher(name);
        if (!entry.matches()) {
            return Optional.empty();
        }
        Ask ask = new Ask(AuditWire.VERSION, Wish.FIND, Long.parseLong(entry.group(2)), Filter.NONE);
        return logs.ask(ask, PATIENCE).byNode().values().stream()
                .flatMap(answer -> answer.entries().stream().map(Item::entry))
                .filter(found -> found.node().equals(entry.group(1)))
                .findFirst()
                .map(AuditKind::observed);
    }

    private static Observed observed(Entry entry) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("time", entry.time().toString());
        spec.put("user", entry.event().user());
        spec.put("action", entry.event().action());
        spec.put("object", entry.event().object());
        spec.put("outcome", entry.event().outcome().name());
        spec.put("detail", entry.event().detail());
        spec.put("face", entry.event().face());
        spec.put("from", entry.event().from());
        spec.put("node", entry.node());
        spec.put("number", entry.number());
        spec.put("hash", entry.hash());
        return new Observed(AuditPlace.of(entry).name(), spec, Map.of());
    }
}
