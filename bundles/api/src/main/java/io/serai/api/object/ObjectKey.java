package io.serai.api.object;

import java.util.Comparator;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Which object: its kind, its name, and for which nodes it is.
 *
 * @param kind the name of a registered kind, such as {@code rest-channel}
 * @param name unique within kind and layer; 1 to 200 characters, no slash, backslash or control character, not {@code .} or
 *     {@code ..}
 * @param layer empty for all nodes, or {@code groups/<group>}, or {@code nodes/<node>}
 */
public record ObjectKey(String kind, String name, String layer) implements Comparable<ObjectKey> {
    private static final int MAX_NAME = 200;
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern LAYER = Pattern.compile("|(groups|nodes)/[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Comparator<ObjectKey> ORDER =
            Comparator.comparing(ObjectKey::kind).thenComparing(ObjectKey::name).thenComparing(ObjectKey::layer);

    /** Checks kind, name and layer. */
    public ObjectKey {
        Objects.requireNonNull(name, "name");
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("'" + printable(kind)
                    + "' cannot be a kind; a kind has 1 to 63 lower-case letters, digits and hyphens");
        }
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "'" + printable(name) + "' cannot be the name of an object; a name has 1 to " + MAX_NAME
                            + " characters, no slash, backslash or control character, and is not '.' or '..'");
        }
        if (!LAYER.matcher(layer).matches()) {
            throw new IllegalArgumentException("'" + printable(layer)
                    + "' cannot be a layer; leave it out, or write groups/<group> or nodes/<node>");
        }
    }

    /** Returns the object that all nodes have. */
    public static ObjectKey of(String kind, String name) {
        return new ObjectKey(kind, name, "");
    }

    /** Returns whether an object can have a name. */
    public static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_NAME
                && !name.equals(".")
                && !name.equals("..")
                && !name.equalsIgnoreCase(".git")
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    }

    private static String printable(String text) {
        String shown = text.length() > MAX_NAME ? text.substring(0, MAX_NAME) + "..." : text;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }

    /** Returns {@code kind/name}, with the layer in parentheses if it has one. */
    @Override
    public String toString() {
        return kind + "/" + name + (layer.isEmpty() ? "" : " (" + layer + ")");
    }
}
