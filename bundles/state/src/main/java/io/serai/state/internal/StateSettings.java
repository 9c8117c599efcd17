package io.serai.state.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * The checked configuration.
 *
 * @param directory the bare repository
 * @param node the name of this node
 * @param groups the groups of this node; a later one overlays an earlier one
 */
record StateSettings(Path directory, String node, List<String> groups) {
    static final String PID = "io.serai.state";

    StateSettings {
        if (!directory.isAbsolute()) {
            throw invalid("directory", directory.toString(), "an absolute path");
        }
        directory = directory.normalize();
        if (!TreeLayout.isLayerName(node)) {
            throw invalid("node", node, TreeLayout.LAYER_NAME);
        }
        groups = List.copyOf(groups);
        for (String group : groups) {
            if (!TreeLayout.isLayerName(group)) {
                throw invalid("groups", group, TreeLayout.LAYER_NAME);
            }
        }
        if (new HashSet<>(groups).size() < groups.size()) {
            throw invalid("groups", String.join(",", groups), "different names");
        }
    }

    /** Returns the folders that overlay the root, the last one on top. */
    List<String> layers() {
        return Stream.concat(groups.stream().map(TreeLayout::group), Stream.of(TreeLayout.node(node)))
                .toList();
    }

    /** Checks what a configuration says; a file has all groups in one line, another source may give a list. */
    static StateSettings of(String directory, String node, String... groups) {
        List<String> names = Arrays.stream(groups)
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
        return new StateSettings(path(directory.strip()), node.strip(), names);
    }

    private static Path path(String directory) {
        try {
            return Path.of(directory);
        } catch (InvalidPathException e) {
            throw invalid("directory", directory, "an absolute path");
        }
    }

    static IllegalArgumentException invalid(String key, String value, String allowed) {
        return new IllegalArgumentException(
                "Configuration " + PID + " has " + key + " = '" + value + "'; allowed is " + allowed);
    }
}
