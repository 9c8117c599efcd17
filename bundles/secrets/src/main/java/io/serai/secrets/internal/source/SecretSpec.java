package io.serai.secrets.internal.source;

import io.serai.secrets.internal.key.Sealed;
import java.util.Map;
import java.util.Optional;

/**
 * A secret as the state has it; without both it has no value yet.
 *
 * @param sealed its value
 * @param from where its value is
 */
public record SecretSpec(Optional<Sealed> sealed, Optional<ValueReference> from) {
    /** The kind of object. */
    public static final String KIND = "secret";

    /** The key of the value in what is given. */
    public static final String VALUE = "value";

    /** The key of the sealed value in what is kept. */
    public static final String SEALED = "sealed";

    /** The key of the place in both. */
    public static final String FROM = "from";

    /**
     * Reads what is kept, which fits the schema.
     *
     * @throws IllegalArgumentException saying what is wrong, without any value
     */
    public static SecretSpec of(Map<String, Object> kept) {
        if (kept.containsKey(VALUE)) {
            throw new IllegalArgumentException(
                    "is in clear; put the secret over the API, the command line or the shell, which seal it");
        }
        Object sealed = kept.get(SEALED);
        Optional<Sealed> value = Optional.empty();
        if (sealed != null) {
            value = Sealed.parse(String.valueOf(sealed));
            if (value.isEmpty()) {
                throw new IllegalArgumentException("is not what this cluster makes of a value; put the value anew");
            }
        }
        if (value.isPresent() && kept.containsKey(FROM)) {
            throw new IllegalArgumentException("is given, and so is from; give one of them");
        }
        return new SecretSpec(
                value,
                kept.get(FROM) instanceof Map<?, ?> from ? Optional.of(ValueReference.of(from)) : Optional.empty());
    }

    /** Returns the object that a value is sealed for. */
    public static String owner(String name) {
        return KIND + "/" + name;
    }
}
