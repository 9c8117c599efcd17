package io.serai.camel.internal;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where routes are from, to say where something is wrong.
 *
 * @param owner the artifact
 * @param lines its text; empty if it is not a text
 */
record RouteSource(String owner, List<String> lines) {
    RouteSource {
        lines = List.copyOf(lines);
    }

    /** Returns the artifact with a place in it: {@code deploy/orders.camel.yaml:3:5}. */
    String place(int line, int column) {
        return owner + ":" + line + ":" + column;
    }

    /** Returns the artifact with the place where a word stands first, from a line on; without, if it does not stand there. */
    String place(@Nullable String word, int firstLine) {
        if (word == null) {
            return owner;
        }
        Pattern pattern = Pattern.compile("(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])");
        for (int i = Math.max(0, firstLine - 1); i < lines.size(); i++) {
            Matcher matcher = pattern.matcher(lines.get(i));
            if (matcher.find()) {
                return place(i + 1, matcher.start() + 1);
            }
        }
        return owner;
    }
}
