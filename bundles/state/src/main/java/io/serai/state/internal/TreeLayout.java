package io.serai.state.internal;

import io.serai.api.state.StatePath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which paths the tree may have, and which layer a path belongs to. */
final class TreeLayout {
    static final String LAYER_NAME =
            "1 to 63 letters, digits, dots, hyphens or underscores, beginning with a letter or digit";

    private static final Pattern LAYER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern RESOLVED = Pattern.compile("resolved/(?:[0-9a-f]{40}\\.yaml|contents/[0-9a-f]{64})");
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final String GROUPS = "groups";
    private static final String NODES = "nodes";
    private static final String ALLOWED = "allowed are deploy/<file>, config/<pid>.cfg, objects/<kind>/<name>.yaml, "
            + "features.yaml, and the same below groups/<group>/ and nodes/<node>/; resolved/ is kept by the nodes";

    private TreeLayout() {}

    static boolean isLayerName(String name) {
        return LAYER.matcher(name).matches();
    }

    static String group(String name) {
        return GROUPS + "/" + name;
    }

    static String node(String name) {
        return NODES + "/" + name;
    }

    /** Returns whether a path belongs to the layer of all nodes. */
    static boolean isRoot(StatePath path) {
        return !path.isBelow(GROUPS) && !path.isBelow(NODES);
    }

    /** Returns the path below its layer, the folder of which is empty for the root. */
    static StatePath below(String layer, StatePath path) {
        return layer.isEmpty() ? path : new StatePath(path.value().substring(layer.length() + 1));
    }

    /** Returns a path that the layout allows as it is below its layer. */
    static StatePath relative(StatePath path) {
        return below(layerOf(path), path);
    }

    /** Returns what is wrong with a path, if anything. */
    static Optional<String> problem(StatePath path) {
        String value = path.value();
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            return Optional.of("the name has half a surrogate pair and cannot be stored; rename the file");
        }
        String layer = layerOf(path);
        boolean known =
                (value.length() > layer.length() && isAllowed(below(layer, path).segments()))
                        || RESOLVED.matcher(value).matches();
        return known ? Optional.empty() : Optional.of("the tree has no place for it; " + ALLOWED);
    }

    private static String layerOf(StatePath path) {
        List<String> segments = path.segments();
        boolean layered = segments.size() > 2
                && (segments.get(0).equals(GROUPS) || segments.get(0).equals(NODES))
                && isLayerName(segments.get(1));
        return layered ? segments.get(0) + "/" + segments.get(1) : "";
    }

    private static boolean isAllowed(List<String> segments) {
        String last = segments.get(segments.size() - 1);
        return switch (segments.get(0)) {
            case "deploy" -> segments.size() > 1;
            case "config" -> segments.size() == 2 && isNamed(last, ".cfg");
            case "objects" -> segments.size() == 3
                    && KIND.matcher(segments.get(1)).matches()
                    && isNamed(last, ".yaml");
            case "features.yaml" -> segments.size() == 1;
            default -> false;
        };
    }

    private static boolean isNamed(String file, String suffix) {
        return file.length() > suffix.length() && file.endsWith(suffix);
    }
}
