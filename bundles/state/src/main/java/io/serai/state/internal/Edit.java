package io.serai.state.internal;

import io.serai.api.state.Author;
import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.Pace;
import io.serai.api.state.StatePath;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A change whose contents are in the repository.
 *
 * @param targets what each file shall be; without content it shall not be there
 * @param base the commit that the author saw; empty if any will do
 * @param recorded whether a commit is to tell of it even if it alters nothing
 */
record Edit(
        SortedMap<StatePath, Optional<BlobId>> targets,
        Optional<CommitId> base,
        Author author,
        String message,
        boolean recorded) {
    Edit {
        targets = Collections.unmodifiableSortedMap(new TreeMap<>(targets));
    }

    Edit(SortedMap<StatePath, Optional<BlobId>> targets, Optional<CommitId> base, Author author, String message) {
        this(targets, base, author, message, false);
    }

    /** Returns the targets that differ from the given files. */
    SortedMap<StatePath, Optional<BlobId>> differing(Map<StatePath, BlobId> files) {
        SortedMap<StatePath, Optional<BlobId>> differing = new TreeMap<>();
        targets.forEach((path, blob) -> {
            if (!blob.equals(Optional.ofNullable(files.get(path)))) {
                differing.put(path, blob);
            }
        });
        return differing;
    }

    /** Returns the same for whatever is there, to be recorded. */
    Edit onAny() {
        return new Edit(targets, Optional.empty(), author, message, true);
    }

    /** Returns the same, asking nodes to apply it in some way. */
    Edit at(Pace pace) {
        return new Edit(targets, base, author, pace.in(message), recorded);
    }

    /** Names files in few words. */
    static String summary(Set<StatePath> paths) {
        if (paths.isEmpty()) {
            return "no file";
        }
        StatePath first = new TreeSet<>(paths).first();
        return paths.size() == 1 ? first.value() : first + " and " + (paths.size() - 1) + " more";
    }
}
