package io.serai.cluster.internal.kind;

import io.serai.api.cluster.Member;
import io.serai.api.cluster.Membership;
import io.serai.api.object.ObservedKind;
import io.serai.api.object.SchemaFile;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kind {@code group}: those that a node is in, and those that the state has files for. */
@Component(service = ObservedKind.class)
public final class GroupKind implements ObservedKind {
    private static final String NAME = "group";
    private static final String FOLDER = "groups";

    private final Membership membership;
    private final StateRepository state;
    private final String schema = SchemaFile.read(GroupKind.class, NAME);

    /** Looks at members and files. */
    @Activate
    public GroupKind(@Reference Membership membership, @Reference StateRepository state) {
        this.membership = membership;
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
        Map<String, Long> files = state.head().files().keySet().stream()
                .filter(path -> path.isBelow(FOLDER))
                .map(StatePath::segments)
                .filter(segments -> segments.size() > 2)
                .collect(Collectors.groupingBy(segments -> segments.get(1), TreeMap::new, Collectors.counting()));
        TreeSet<String> names = new TreeSet<>(files.keySet());
        List<Member> members = membership.members();
        members.forEach(member -> names.addAll(member.groups()));
        List<Observed> groups = names.stream()
                .map(group -> new Observed(
                        group,
                        Map.of("nodes", nodes(members, group), "files", files.getOrDefault(group, 0L)),
                        Map.of()))
                .toList();
        return new Observation(groups, List.of());
    }

    private static List<String> nodes(List<Member> members, String group) {
        return members.stream()
                .filter(member -> member.groups().contains(group))
                .map(Member::name)
                .toList();
    }
}
