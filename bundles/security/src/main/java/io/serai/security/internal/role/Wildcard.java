package io.serai.security.internal.role;

/** A pattern of names in which {@code *} stands for any characters and {@code ?} for one; takes linear space, no recursion. */
record Wildcard(String pattern) {

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
