package io.serai.api.state;

import java.util.Objects;

/**
 * The identity of a file's content: equal ids, equal bytes.
 *
 * @param value the Git object id, 40 hexadecimal digits in lower case
 */
public record BlobId(String value) {
    /** Checks the id. */
    public BlobId {
        Objects.requireNonNull(value, "value");
        if (value.length() != 40 || !value.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            throw new IllegalArgumentException("'" + value + "' is not a blob id; it has 40 hexadecimal digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
