package io.serai.api.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Guesses what somebody meant who wrote a name that does not exist. */
public final class NearNames {
    // a third of the letters wrong is the most that still reads as the same word
    private static final int LETTERS_PER_ERROR = 3;

    private NearNames() {}

    /**
     * Returns the one of some names that is nearest to what was written, whatever the case of its letters; the first in the
     * order of text if several are as near. Empty if none is near enough to have been meant.
     */
    public static Optional<String> nearest(String written, Collection<String> names) {
        String wanted = written.toLowerCase(Locale.ROOT);
        int least = tolerance(wanted) + 1;
        String nearest = null;
        for (String name : names.stream().sorted().toList()) {
            int errors = distance(wanted, name.toLowerCase(Locale.ROOT));
            if (errors < least) {
                least = errors;
                nearest = name;
            }
        }
        return Optional.ofNullable(nearest);
    }

    private static int tolerance(String wanted) {
        return Math.max(wanted.length() <= LETTERS_PER_ERROR ? 1 : 2, wanted.length() / LETTERS_PER_ERROR);
    }

    /** Returns how many characters must be put, removed or replaced (Levenshtein 1966). */
    private static int distance(String one, String other) {
        int[] costs = new int[other.length() + 1];
        Arrays.setAll(costs, j -> j);
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = costs[0];
            costs[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = costs[j];
                costs[j] = Math.min(replaced, 1 + Math.min(costs[j], costs[j - 1]));
            }
        }
        return costs[other.length()];
    }
}
