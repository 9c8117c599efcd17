package io.serai.api.object;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which objects of a kind.
 *
 * @param kind the name of the kind
 * @param conditions all of which an object must meet
 * @param limit how many at most, 1 to {@value #MAX_LIMIT}
 * @param cursor {@link ObjectPage#next} of the page before; empty for the first
 */
public record ObjectQuery(String kind, List<Condition> conditions, int limit, Optional<String> cursor) {
    /** The largest page. */
    public static final int MAX_LIMIT = 10_000;

    /** Checks the limit. */
    public ObjectQuery {
        Objects.requireNonNull(kind, "kind");
        conditions = List.copyOf(conditions);
        Objects.requireNonNull(cursor, "cursor");
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit is " + limit + "; use 1 to " + MAX_LIMIT);
        }
    }

    /** Returns all of a kind, as far as one page goes. */
    public static ObjectQuery all(String kind) {
        return new ObjectQuery(kind, List.of(), MAX_LIMIT, Optional.empty());
    }

    /**
     * What a field must be. A list meets a condition if one of its items does, and {@link Operator#NOT} if none is that value.
     *
     * @param field its name, with dots: {@code name}, {@code layer}, {@code spec.path}, {@code status.state}
     * @param operator how it is compared
     * @param value with what; as text
     */
    public record Condition(String field, Operator operator, String value) {
        /** Checks that all is there. */
        public Condition {
            Objects.requireNonNull(field, "field");
            Objects.requireNonNull(operator, "operator");
            Objects.requireNonNull(value, "value");
        }
    }

    /** How a field is compared with a value. */
    public enum Operator {
        /** It is that value. */
        IS,
        /** It is not that value, or not there. */
        NOT,
        /** It has that text in it, in upper or lower case. */
        CONTAINS
    }
}
