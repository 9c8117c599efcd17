package io.serai.camel.internal;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Guesses what somebody meant who wrote a name that does not exist. */
final class NearestName {
    /** A third of the letters wrong is the most that still reads as the same word. */
    private static final int LETTERS_PER_ERROR = 3;

    private NearestName() {}

    static Optional<String> of(String wanted, Collection<String> known) {
        int limit = Math.max(wanted.length() < LETTERS_PER_ERROR + 1 ? 1 : 2, wanted.length() / LETTERS_PER_ERROR);
        LevenshteinDistance distance = new LevenshteinDistance(limit);
        String lower = wanted.toLowerCase(Locale.ROOT);
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String name : known) {
            int errors = distance.apply(lower, name.toLowerCase(Locale.ROOT));
            if (errors >= 0 && errors < least) {
                least = errors;
                nearest = name;
            }
        }
        return Optional.ofNullable(nearest);
    }
}
