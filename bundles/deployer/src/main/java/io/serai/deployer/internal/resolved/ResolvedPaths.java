package io.serai.deployer.internal.resolved;

import io.serai.api.state.BlobId;
import io.serai.api.state.StatePath;
import java.util.Optional;

/**
 * Where the state has what was resolved: a list for each artifact with features, named by its content, and the contents by
 * their hash. So a list belongs to one version of an artifact, and nobody has to keep books on who needs it.
 */
final class ResolvedPaths {
    static final String FOLDER = "resolved";

    private static final String CONTENTS = FOLDER + "/contents";
    private static final String YAML = ".yaml";

    private ResolvedPaths() {}

    static StatePath list(BlobId artifact) {
        return StatePath.of(FOLDER, artifact + YAML);
    }

    static StatePath content(Fingerprint fingerprint) {
        return StatePath.of(CONTENTS, fingerprint.sha256());
    }

    static boolean isContent(StatePath path) {
        return path.isBelow(CONTENTS);
    }

    /** Returns the content of the artifact whose list this is; empty if it is none. */
    static Optional<BlobId> artifact(StatePath path) {
        String name = path.fileName();
        return path.isBelow(FOLDER) && !isContent(path) && name.matches("[0-9a-f]{40}\\.yaml")
                ? Optional.of(new BlobId(name.substring(0, name.length() - YAML.length())))
                : Optional.empty();
    }
}
