package io.serai.http.internal.route;

import java.util.Locale;
import java.util.Optional;

/** What a variable of a path template matches; in the order in which they are tried. */
public enum VariableType {
    /** A decimal number of at most 32 bits. */
    INT,
    /** A decimal number of at most 64 bits. */
    LONG,
    /** A UUID as RFC 9562 writes it. */
    UUID,
    /** Any segment that is not empty. */
    STRING,
    /** All that remains, slashes included; must not be empty. */
    PATH;

    private static final int UUID_LENGTH = 36;
    private static final int MAX_INT_LENGTH = 11;
    private static final int MAX_LONG_LENGTH = 20;

    /** Returns the type that a template names. */
    static Optional<VariableType> named(String name) {
        for (VariableType type : values()) {
            if (type.label().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Returns the name of the type in a template. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether a decoded segment fits. */
    boolean matches(String segment) {
        return switch (this) {
            case INT -> isNumber(segment, MAX_INT_LENGTH, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> isNumber(segment, MAX_LONG_LENGTH, Long.MIN_VALUE, Long.MAX_VALUE);
            case UUID -> isUuid(segment);
            case STRING, PATH -> !segment.isEmpty();
        };
    }

    private static boolean isNumber(String segment, int maxLength, long min, long max) {
        int start = segment.startsWith("-") ? 1 : 0;
        if (segment.length() == start || segment.length() > maxLength) {
            return false;
        }
        for (int i = start; i < segment.length(); i++) {
            if (segment.charAt(i) < '0' || segment.charAt(i) > '9') {
                return false;
            }
        }
        try {
            long value = Long.parseLong(segment);
            return value >= min && value <= max;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isUuid(String segment) {
        if (segment.length() != UUID_LENGTH) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            char c = segment.charAt(i);
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            if (hyphen ? c != '-' : Character.digit(c, 16) < 0 || c > 'f') {
                return false;
            }
        }
        return true;
    }
}
