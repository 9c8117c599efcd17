package io.serai.shell.internal;

import io.serai.api.state.StatePath;
import io.serai.api.text.NearNames;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.karaf.shell.support.CommandException;

/**
 * The names a command knows: finds the one that was meant, or proposes the nearest.
 *
 * @param kind what they name: {@code service}
 * @param names the names
 */
record KnownNames(String kind, Collection<String> names) {

    /** Returns the paths of files as names. */
    static KnownNames ofPaths(String kind, Stream<StatePath> paths) {
        return new KnownNames(
                kind, paths.map(StatePath::value).distinct().sorted().toList());
    }

    /** Returns the path that was meant: in full, or by its last segments alone if only one known path ends so. */
    Optional<StatePath> findPath(String text) throws CommandException {
        if (names.contains(text)) {
            return Optional.of(new StatePath(text));
        }
        List<String> matches =
                names.stream().filter(name -> name.endsWith("/" + text)).toList();
        if (matches.size() > 1) {
            throw SeraiCommand.failure(
                    "'" + text + "' may be any of " + String.join(", ", matches) + "; write the whole path");
        }
        return matches.stream().map(StatePath::new).findFirst();
    }

    /** Returns the failure: there is nothing of that name. */
    CommandException unknown(String text) {
        String proposal = nearest(text)
                .map(name -> "; did you mean " + name + "?")
                .orElse(names.isEmpty() ? "; there is none at all" : "");
        return SeraiCommand.failure("There is no " + kind + " '" + text + "'" + proposal);
    }

    private Optional<String> nearest(String text) {
        Optional<String> longer =
                names.stream().filter(name -> name.contains(text)).sorted().findFirst();
        if (longer.isPresent()) {
            return longer;
        }
        Map<String, String> byLastSegment = new HashMap<>();
        names.stream().sorted().forEach(name -> {
            byLastSegment.put(name, name);
            byLastSegment.putIfAbsent(name.substring(name.lastIndexOf('/') + 1), name);
        });
        return NearNames.nearest(text, byLastSegment.keySet()).map(byLastSegment::get);
    }
}
