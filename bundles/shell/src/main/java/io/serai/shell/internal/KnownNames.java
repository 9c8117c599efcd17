package io.serai.shell.internal;

import io.serai.api.state.StatePath;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
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
        int tolerance = Math.max(2, text.length() / 3);
        return names.stream()
                .filter(name -> distance(text, name) <= tolerance)
                .min(Comparator.comparingInt((String name) -> distance(text, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int distance(String text, String name) {
        if (name.contains(text)) {
            return 1;
        }
        String fileName = name.substring(name.lastIndexOf('/') + 1);
        return Math.min(editDistance(text, name), editDistance(text, fileName));
    }

    /** Returns how many characters must be put, removed or replaced (Levenshtein 1966). */
    private static int editDistance(String a, String b) {
        int[] costs = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            costs[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = costs[0];
            costs[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = costs[j];
                costs[j] = Math.min(replaced, 1 + Math.min(costs[j], costs[j - 1]));
            }
        }
        return costs[b.length()];
    }
}
