package io.serai.api.state;

import java.util.Objects;

/**
 * Who made a change.
 *
 * @param name the user, or what acted for one; not blank, no line break, neither {@code <} nor {@code >}; blanks around it
 *     are dropped
 * @param face what the change came through: {@code folder}, {@code shell}, {@code git}, {@code rest}, {@code node}
 */
public record Author(String name, String face) {
    /** Checks that the author can be written to a commit, and come back as it was. */
    public Author {
        name = name.trim(); // as Git does
        Objects.requireNonNull(face, "face");
        if (name.isBlank() || name.matches("(?s).*[<>\\r\\n\\x00].*")) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot be an author: give a name of one line without < and >");
        }
        if (!face.matches("[a-z-]{1,32}")) {
            throw new IllegalArgumentException(
                    "'" + face + "' cannot be a face: it has 1 to 32 lower-case letters or hyphens");
        }
    }
}
