package io.serai.shell.internal;

import io.serai.api.state.CommitId;
import io.serai.api.state.Entry;
import io.serai.api.state.PathDifference;
import io.serai.api.state.Revision;
import io.serai.api.state.StateException;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.support.CommandException;

/**
 * Finds files and commits as people name them.
 *
 * @param repository where they are
 */
record StateFiles(StateRepository repository) {

    /** Returns the path in the tree of a file or folder: one of the head, or one that the history knows. */
    StatePath find(String text) throws CommandException, StateException {
        String path = text.replaceFirst("/+$", "");
        KnownNames files = KnownNames.ofPaths("file", repository.head().files().keySet().stream());
        Optional<StatePath> known = files.findPath(path);
        if (known.isPresent()) {
            return known.get();
        }
        for (StatePath candidate : List.of(new StatePath(path), StatePath.of("deploy", path))) {
            if (!repository.log(Optional.of(candidate), 1).isEmpty()) {
                return candidate;
            }
        }
        throw files.unknown(text);
    }

    /** Returns where in the tree a file stands that this node runs, given its path below its layer. */
    StatePath inTree(StatePath path) {
        return Optional.ofNullable(repository.head().effective().get(path))
                .map(Entry::path)
                .orElse(path);
    }

    /** Returns the entry of the history, which is searched from the head backwards. */
    Revision revision(String text) throws StateException {
        CommitId commit = repository.resolve(text);
        // A commit that was asked for is mostly a recent one; a long history need not be read for it.
        for (int limit = 100; ; limit *= 10) {
            List<Revision> log = repository.log(Optional.empty(), limit);
            Optional<Revision> revision =
                    log.stream().filter(each -> each.commit().equals(commit)).findFirst();
            if (revision.isPresent()) {
                return revision.get();
            }
            if (log.size() < limit) {
                throw new StateException(
                        StateException.Reason.NOT_FOUND,
                        "Commit " + commit + " is not in the history of the head",
                        null);
            }
        }
    }

    /** Returns what a commit did: the difference to its first parent, or all its files if it has none. */
    List<PathDifference> changes(Revision revision) throws StateException {
        if (!revision.parents().isEmpty()) {
            return repository.diff(revision.parents().get(0), revision.commit());
        }
        return repository.at(revision.commit()).files().entrySet().stream()
                .map(file -> new PathDifference(file.getKey(), Optional.empty(), Optional.of(file.getValue())))
                .toList();
    }
}
