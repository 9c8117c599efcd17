package io.serai.identity.internal.members;

import io.serai.api.cluster.Member;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A member as the state has it: {@code objects/node/<name>.yaml}. */
public final class MemberFile {
    /** The kind of object. */
    public static final String KIND = "node";

    private static final YamlObject.Keys KEYS =
            new YamlObject.Keys(Set.of("id", "host", "cluster-port", "admin-port", "certificates"), Set.of());

    private MemberFile() {}

    /** Returns where the member of a name is. */
    public static StatePath path(String name) {
        return StatePath.of("objects", KIND, name + ".yaml");
    }

    /**
     * Reads a member.
     *
     * @throws IllegalArgumentException saying what is wrong, and where
     */
    public static Member read(String name, String text) {
        YamlObject object = YamlObject.read(KIND, name, text, KEYS);
        Member member = new Member(
                id(object),
                name,
                object.text("host"),
                object.number("cluster-port"),
                object.number("admin-port"),
                new HashSet<>(object.texts("certificates")));
        MemberRules.problem(member).ifPresent(problem -> {
            throw new IllegalArgumentException(object.file() + ": " + problem);
        });
        return member;
    }

    /** Writes a member. */
    public static Content write(Member member) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("id", member.id().toString());
        spec.put("host", member.host());
        spec.put("cluster-port", member.clusterPort());
        spec.put("admin-port", member.adminPort());
        spec.put(
                "certificates",
                List.copyOf(member.certificates()).stream().sorted().toList());
        return YamlObject.write(KIND, member.name(), spec);
    }

    private static UUID id(YamlObject object) {
        String text = object.text("id");
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equals(text)) { // the JDK takes shorter ones as well
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw object.refusal("id", "must be a UUID");
        }
        throw object.refusal("id", "must be a UUID of 36 lower-case characters");
    }
}
