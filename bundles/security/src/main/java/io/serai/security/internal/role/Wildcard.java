package io.serai.security.internal.role;

/** A pattern of names in which {@code *} stands for any characters and {@code ?} for one; takes linear space, no recursion. */
record Wildcard(String pattern) {

    /** A character that no name has: what matches it does so by a wildcard. */
    private static final String STRANGE = "\uFFFF";

    /**
     * Returns whether it matches whatever another pattern matches. Asks for the shortest of that and for a long one of strange
     * characters: what matches both has a star where the other has, and no more characters of its own.
     */
    boolean contains(String other) {
        String one = other.replace("?", STRANGE);
        return matches(one.replace("*", "")) && matches(one.replace("*", STRANGE.repeat(pattern.length() + 1)));
    }

    boolean matches(String name) {
        int at = 0;
        int next = 0;
        int star = -1;
        int mark = 0;
        while (at < name.length()) {
            char wanted = next < pattern.length() ? pattern.charAt(next) : '\0';
            if (wanted == '*') {
                star = next++;
                mark = at;
            } else if (next < pattern.length() && (wanted == '?' || wanted == name.charAt(at))) {
                next++;
                at++;
            } else if (star >= 0) { // the last star takes one more
                next = star + 1;
                at = ++mark;
            } else {
                return false;
            }
        }
        while (next < pattern.length() && pattern.charAt(next) == '*') {
            next++;
        }
        return next == pattern.length();
    }
}
