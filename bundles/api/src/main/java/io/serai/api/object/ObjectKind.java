package io.serai.api.object;

import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of object; register it as an OSGi service of this interface, unless it is an {@link ObservedKind}. Objects of a kind that
 * is no {@link FileKind} either are the files {@code objects/<kind>/<name>.yaml} of the state. Thread-safe. The state waits for it:
 * it must not refer to services that stand on the state.
 *
 * <p>Specs and statuses are trees of values as JSON has them: {@code Map<String, Object>}, {@code List<Object>},
 * {@code String}, {@code Boolean}, {@code Long}, {@code BigInteger}, {@code BigDecimal}; a key without value is left out.
 *
 * @see FileKind
 * @see ObservedKind
 */
@ConsumerType
public interface ObjectKind {

    /** Returns its name: lower-case letters, digits and hyphens, such as {@code rest-channel}. */
    String name();

    /**
     * Returns the JSON Schema (draft 2020-12) of the spec: an object with {@code title}, {@code description} and
     * {@code "additionalProperties": false}. Validation, API, command line and documentation come from it. Beside the keywords
     * of JSON Schema it may have:
     *
     * <ul>
     *   <li>{@code writeOnly}: a secret, which no face ever shows again
     *   <li>{@code readOnly}: shown, but ignored when it is put
     *   <li>{@code "x-reference": "<kind>"}: the text is the name of an object of that kind, which must be there
     *   <li>{@code "x-reference-pattern"}: a regular expression; what its first group matches, anywhere in the text, is the name of
     *       such an object
     *   <li>{@code "x-column": "<heading>"}: tables show it
     * </ul>
     */
    String schema();

    /**
     * Turns a spec that a person gave, and that fits the schema, into the one that is kept: a password becomes its hash.
     *
     * @param key which object
     * @param given what the person gave
     * @param before what is kept now; empty for a new object
     * @throws ObjectException {@code INVALID} if it cannot be, for what no schema can say
     */
    default Map<String, Object> keep(ObjectKey key, Map<String, Object> given, Optional<Map<String, Object>> before)
            throws ObjectException {
        return given;
    }

    /** Returns what people see of a spec that is kept, which fits the schema; never a secret, nor what is made from one. */
    default Map<String, Object> show(ObjectKey key, Map<String, Object> kept) {
        return kept;
    }

    /**
     * Checks a spec as it is kept, however it came into the state: for what no schema can say. Has no other effect.
     *
     * @throws ObjectException {@code INVALID}
     */
    default void check(ObjectKey key, Map<String, Object> kept) throws ObjectException {}

    /** Returns whether it matters who has read objects of this kind: then the audit log tells. */
    default boolean confidential() {
        return false;
    }

    /** Returns whether its objects are the same on all nodes: then those for a group or for a node are refused. */
    default boolean everywhere() {
        return false;
    }

    /** Returns the specs of objects that are always there, by name, and that nobody can change. */
    default Map<String, Map<String, Object>> builtIn() {
        return Map.of();
    }
}
