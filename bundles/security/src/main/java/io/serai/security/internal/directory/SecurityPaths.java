package io.serai.security.internal.directory;

import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The files of the state that say who may do what. */
public final class SecurityPaths {
    /** What each configuration of this bundle begins with. */
    public static final String CONFIGURATION = "io.serai.security";

    private static final Set<String> KINDS = Set.of(UserSpec.KIND, RoleSpec.KIND, ApiKeySpec.KIND);

    private SecurityPaths() {}

    /**
     * What a file is.
     *
     * @param kind user, role, api-key or configuration
     * @param name its name
     */
    public record Target(String kind, String name) {
        /** Returns whether it says how people log in. */
        public boolean configuration() {
            return kind.equals("configuration");
        }

        @Override
        public String toString() {
            return kind + "/" + name;
        }
    }

    /** Returns what a file is, in whichever layer; empty if it gives nobody rights. */
    public static Optional<Target> target(StatePath path) {
        List<String> segments = path.segments();
        int layer = segments.size() > 2 && Set.of("groups", "nodes").contains(segments.get(0)) ? 2 : 0;
        List<String> rest = segments.subList(layer, segments.size());
        String file = rest.get(rest.size() - 1);
        if (rest.size() == 3 && rest.get(0).equals("objects") && KINDS.contains(rest.get(1))) {
            return Optional.of(new Target(rest.get(1), file.replaceFirst("\\.yaml$", "")));
        }
        return rest.size() == 2 && Set.of("config", "deploy").contains(rest.get(0)) && file.startsWith(CONFIGURATION)
                ? Optional.of(new Target("configuration", file.replaceFirst("\\.cfg$", "")))
                : Optional.empty();
    }

    /** Returns the key that a file says; empty if it is none, or not right. */
    public static Optional<ApiKeySpec> key(String name, Optional<Content> content) {
        Map<String, ApiKeySpec> keys = new HashMap<>();
        ObjectFolder.put(keys, ApiKeySpec.KIND, ApiKeySpec::of, ObjectFolder.path(ApiKeySpec.KIND, name), content);
        return keys.values().stream().findFirst();
    }
}
