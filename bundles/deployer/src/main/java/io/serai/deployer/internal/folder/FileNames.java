package io.serai.deployer.internal.folder;

import io.serai.api.state.StatePath;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which names in the folder are files to deploy. */
final class FileNames {
    /**
     * Names that programs give to what is not finished: hidden files (among them rsync's {@code .name.XXXXXX} and vim's
     * swap files), back-ups, partial downloads and uploads, emacs' auto-saves, and the file vim probes a folder with.
     */
    private static final Pattern UNFINISHED = Pattern.compile(
            "\\..*|.*~|#.*#|.*\\.(tmp|temp|part|partial|swp|swx|filepart|crdownload|download)|4913",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final String FEATURES = "features.yaml";

    private FileNames() {}

    /** Returns the path in the state of a file of this name; empty if it is none to deploy. */
    static Optional<StatePath> path(String name) {
        if (UNFINISHED.matcher(name).matches() || name.contains("/")) {
            return Optional.empty();
        }
        try {
            return Optional.of(inState(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns where a file of the folder is in the state: the list of features at its root, all else below deploy. */
    static StatePath inState(String name) {
        return name.equals(FEATURES) ? new StatePath(FEATURES) : StatePath.of("deploy", name);
    }
}
