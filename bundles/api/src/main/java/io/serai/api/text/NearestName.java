package io.serai.api.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds out which name somebody meant who wrote another one. */
public final class NearestName {
    private static final int MAX_LENGTH = 200;

    private NearestName() {}

    /**
     * Returns the name that a text is nearest to: one that has it in it, or else one that differs in at most a third of its
     * characters, or in two (V. Levenshtein, 1966). Of a path the last segment alone counts as well.
     *
     * @param text what was written; nothing is near to one of more than 200 characters
     * @param names what there is; the first in alphabetical order of those that are equally near
     */
    public static Optional<String> of(String text, Collection<String> names) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        int tolerance = Math.max(2, text.length() / 3);
        return names.stream()
                .map(name -> new Candidate(name, distance(text, name)))
                .filter(candidate -> candidate.distance() <= tolerance)
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    private record Candidate(String name, int distance) {}

    private static int distance(String text, String name) {
        if (name.contains(text)) {
            return 1;
        }
        String last = name.substring(name.lastIndexOf('/') + 1);
        return Math.min(edits(text, name), edits(text, last));
    }

    private static int edits(String from, String to) {
        int[] costs = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            costs[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = costs[0];
            costs[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = costs[j];
                costs[j] = Math.min(replaced, 1 + Math.min(costs[j], costs[j - 1]));
            }
        }
        return costs[to.length()];
    }
}
