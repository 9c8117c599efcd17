package io.serai.api.secret;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Places in a text where the value of a secret belongs: <code>${secret:NAME}</code>. */
public final class SecretPlaceholders {
    /** What the name of a secret looks like, as a regular expression. */
    public static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{secret:(" + NAME + ")}");

    private SecretPlaceholders() {}

    /** Returns the names of the secrets that a text has places for. */
    public static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        if (text.contains("${")) {
            PLACEHOLDER.matcher(text).results().forEach(found -> names.add(found.group(1)));
        }
        return names;
    }

    /**
     * Returns a text with the values in their places; a value is not looked into for more of them.
     *
     * @throws SecretException if one cannot be had
     */
    public static String fill(String text, SecretSource secrets) throws SecretException {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder filled = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            char[] value = secrets.read(matcher.group(1));
            filled.append(text, end, matcher.start()).append(value);
            Arrays.fill(value, '\0');
            end = matcher.end();
        }
        return filled.append(text, end, text.length()).toString();
    }
}
