package io.serai.shell.internal.object;

import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectQuery;
import io.serai.api.object.ObjectService;
import io.serai.api.security.AccessException;
import io.serai.api.security.LoginService;
import io.serai.shell.internal.login.CurrentSubject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** What completers of objects have in common. */
final class Completions {
    private static final int MOST = 1_000;

    private Completions() {}

    /** Offers texts for the word under the cursor. */
    static int offer(Collection<String> texts, Session session, CommandLine line, List<String> candidates) {
        String[] words = line.getArguments();
        if (line.getCursorArgumentIndex() == 0 && words.length == 1) {
            // Karaf asks, with nothing else of the line, whether a word before the cursor could have been completed
            candidates.add(words[0]);
            return 0;
        }
        return new StringsCompleter(texts, true).complete(session, line, candidates);
    }

    /** Returns an argument before the one under the cursor: the kind is number 0. */
    static Optional<String> argument(CommandLine line, int number) {
        String[] words = line.getArguments();
        int index = 1 + number;
        return index < words.length && index < line.getCursorArgumentIndex()
                ? Optional.of(words[index])
                : Optional.empty();
    }

    /** Returns the names of the objects of a kind that whoever is at the shell may read. */
    static List<String> names(ObjectService objects, LoginService logins, String kind) {
        try {
            ObjectQuery query = new ObjectQuery(kind, List.of(), MOST, Optional.empty());
            return objects.list(CurrentSubject.get(logins), query).objects().stream()
                    .map(view -> view.key().name())
                    .distinct()
                    .toList();
        } catch (AccessException | ObjectException e) {
            return List.of(); // no such kind, or nothing to be seen: there is nothing to offer
        }
    }
}
