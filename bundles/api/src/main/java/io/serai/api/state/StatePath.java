package io.serai.api.state;

import java.util.List;
import java.util.Objects;

/**
 * The path of a file in the state, such as {@code deploy/orders.jar}: segments separated by {@code /}, relative, in
 * Unicode normal form as given.
 *
 * @param value the path; no empty, {@code .}, {@code ..} or {@code .git} segment, no control character, no backslash, at
 *     most 1,024 characters
 */
public record StatePath(String value) implements Comparable<StatePath> {
    private static final int MAX_LENGTH = 1024;

    /** Checks the path. */
    public StatePath {
        Objects.requireNonNull(value, "value");
        if (value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("Path has " + value.length() + " characters; at most 1024 are allowed");
        }
        int end = -1;
        do {
            int begin = end + 1;
            end = value.indexOf('/', begin);
            String segment = value.substring(begin, end < 0 ? value.length() : end);
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..") || segment.equalsIgnoreCase(".git")) {
                throw new IllegalArgumentException("Path '" + value + "' has the segment '" + segment
                        + "', which is not allowed; give a relative path without empty, '.', '..' or '.git' segments");
            }
        } while (end >= 0);
        if (hasForbidden(value)) {
            throw new IllegalArgumentException("Path '" + value + "' has a control character or a backslash");
        }
    }

    // a loop, because the paths of a whole tree are checked whenever one is read
    private static boolean hasForbidden(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c) || c == '\\') {
                return true;
            }
        }
        return false;
    }

    /** Returns the path of these segments. */
    public static StatePath of(String first, String... more) {
        return new StatePath(more.length == 0 ? first : first + "/" + String.join("/", more));
    }

    /** Returns the segments, at least one. */
    public List<String> segments() {
        return List.of(value.split("/"));
    }

    /** Returns the last segment. */
    public String fileName() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /** Returns whether this path lies below a folder, at any depth. */
    public boolean isBelow(String folder) {
        return value.length() > folder.length() + 1 && value.startsWith(folder) && value.charAt(folder.length()) == '/';
    }

    @Override
    public int compareTo(StatePath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
