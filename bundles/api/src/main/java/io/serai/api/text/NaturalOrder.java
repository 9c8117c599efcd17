package io.serai.api.text;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The order in which people read names: {@code node2} comes before {@code node10}. Digits are compared as numbers, however
 * many they are, and all else as text. Names that differ only in leading zeros are ordered as text, so that no two are equal.
 */
public final class NaturalOrder {
    /** The order of names. */
    public static final Comparator<String> OF_NAMES =
            ((Comparator<String>) NaturalOrder::compare).thenComparing(Comparator.naturalOrder());

    private static final Pattern PART = Pattern.compile("[0-9]+|[^0-9]+");
    private static final Pattern LEADING_ZEROS = Pattern.compile("^0+(?=.)");

    private NaturalOrder() {}

    private static int compare(String one, String other) {
        Iterator<String> ours = parts(one);
        Iterator<String> theirs = parts(other);
        while (ours.hasNext() && theirs.hasNext()) {
            int order = comparePart(ours.next(), theirs.next());
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(ours.hasNext(), theirs.hasNext());
    }

    private static Iterator<String> parts(String name) {
        List<String> parts =
                PART.matcher(name).results().map(MatchResult::group).toList();
        return parts.iterator();
    }

    private static int comparePart(String one, String other) {
        if (!isNumber(one) || !isNumber(other)) {
            return one.compareTo(other);
        }
        String ours = LEADING_ZEROS.matcher(one).replaceFirst("");
        String theirs = LEADING_ZEROS.matcher(other).replaceFirst("");
        return ours.length() == theirs.length()
                ? ours.compareTo(theirs)
                : Integer.compare(ours.length(), theirs.length());
    }

    private static boolean isNumber(String part) {
        return part.charAt(0) >= '0' && part.charAt(0) <= '9';
    }
}
