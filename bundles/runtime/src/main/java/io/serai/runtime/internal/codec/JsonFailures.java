package io.serai.runtime.internal.codec;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceException.Reason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Tells in plain words why JSON could not be read: which field, what it should have been, what it is. */
final class JsonFailures {
    private final JsonParser parser;
    private final String prefix;

    /**
     * Explains failures.
     *
     * @param parser what was read, where it stopped; still open
     * @param prefix the path of what was read within the whole; may be empty
     */
    JsonFailures(JsonParser parser, String prefix) {
        this.parser = parser;
        this.prefix = prefix;
    }

    /** Returns what the sender is told. */
    ServiceException explain(IOException failure) {
        String path = failure instanceof JsonMappingException mapping ? path(mapping) : prefix;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ServiceException own) {
                return own;
            }
            if (cause instanceof InputCoercionException range) {
                return Expected.mismatch(path, range.getTargetType(), found());
            }
            if (cause instanceof StreamConstraintsException) {
                return new ServiceException(
                        Reason.INVALID,
                        "The payload is more than is read: at most " + JsonMappers.MAX_DEPTH + " levels, texts of "
                                + JsonMappers.MAX_TEXT + " characters, numbers of " + JsonMappers.MAX_DIGITS
                                + " digits");
            }
            if (cause instanceof StreamReadException malformed) {
                return malformed(malformed);
            }
        }
        return failure instanceof JsonMappingException mapping
                ? mismatch(path, mapping)
                : new ServiceException(Reason.INVALID, "The payload could not be read to its end", null, failure);
    }

    private static ServiceException malformed(StreamReadException failure) {
        String why = failure instanceof JsonEOFException ? ": it ends too early" : "";
        return new ServiceException(
                Reason.INVALID, "The payload is not valid JSON" + why + where(failure.getLocation()));
    }

    private static String where(@Nullable JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private ServiceException mismatch(String path, JsonMappingException failure) {
        if (failure instanceof InvalidNullException missing) {
            return Expected.missing(path, missing.getTargetType());
        }
        if (failure instanceof InvalidFormatException format) {
            Object value = format.getValue();
            String found = value instanceof String text ? Expected.quoted(text) : String.valueOf(value);
            return Expected.mismatch(path, format.getTargetType(), found);
        }
        if (failure instanceof InvalidDefinitionException) {
            return new ServiceException(
                    Reason.FAILED,
                    Expected.subject(path) + " cannot be read: the service declares a type that no JSON fits",
                    null,
                    failure);
        }
        if (failure.getCause() instanceof RuntimeException refusal) {
            return refused(path, refusal);
        }
        Class<?> wanted = failure instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        return mismatch(path, wanted);
    }

    /** Returns a failure: what stands where the parser is should be something else. */
    ServiceException mismatch(String path, @Nullable Class<?> wanted) {
        return Expected.mismatch(path, wanted, found());
    }

    /** Returns a failure: something follows where the payload should end. */
    ServiceException trailing() {
        JsonLocation at = parser.currentTokenLocation();
        return new ServiceException(
                Reason.INVALID, "The payload is not valid JSON: more follows after its end" + where(at));
    }

    /** Returns what to tell when the type itself has refused a value. */
    static ServiceException refused(String path, RuntimeException refusal) {
        if (refusal instanceof ServiceException own) {
            return own;
        }
        String why = refusal instanceof IllegalArgumentException && refusal.getMessage() != null
                ? ": " + refusal.getMessage()
                : "";
        return Expected.invalid(path, Expected.subject(path) + " is not acceptable" + why, refusal);
    }

    private String path(JsonMappingException failure) {
        StringBuilder path = new StringBuilder(prefix);
        for (JsonMappingException.Reference step : failure.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }

    private String found() {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return "empty";
        }
        try {
            return switch (token) {
                case START_OBJECT, END_OBJECT, FIELD_NAME -> "an object";
                case START_ARRAY, END_ARRAY -> "an array";
                case VALUE_STRING -> Expected.quoted(parser.getText());
                default -> Expected.unquoted(parser.getText());
            };
        } catch (IOException e) {
            return "something else";
        }
    }
}
