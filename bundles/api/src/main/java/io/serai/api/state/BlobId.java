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
        if (!wellFormed(value)) {
            throw new IllegalArgumentException("'" + value + "' is not a blob id; it has 40 hexadecimal digits");
        }
    }

    // a loop, because the ids of a whole tree are checked whenever one is read
    private static boolean wellFormed(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return value.length() == 40;
    }

    @Override
    public String toString() {
        return value;
    }
}
