package io.serai.api.state;

import java.util.Objects;

/**
 * The identity of a commit.
 *
 * @param value the Git commit id, 40 hexadecimal digits in lower case
 */
public record CommitId(String value) {
    /** Checks the id. */
    public CommitId {
        Objects.requireNonNull(value, "value");
        if (!value.matches("[0-9a-f]{40}")) {
            throw new IllegalArgumentException("'" + value + "' is not a commit id; it has 40 hexadecimal digits");
        }
    }

    /** Returns the first eight digits, for people. */
    public String shortValue() {
        return value.substring(0, 8);
    }

    @Override
    public String toString() {
        return value;
    }
}
