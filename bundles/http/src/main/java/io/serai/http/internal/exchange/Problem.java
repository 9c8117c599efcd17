package io.serai.http.internal.exchange;

import io.serai.api.service.ServiceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/**
 * What a client is told of a failure; becomes a problem document (RFC 9457).
 *
 * @param status the status
 * @param reason a word for programs: the last segment of the problem's type
 * @param detail what failed and what to do, for people
 * @param errors which parts of the request are to blame
 */
public record Problem(int status, String reason, String detail, List<FieldError> errors) {

    /**
     * A part of the request that is to blame.
     *
     * @param pointer where it is, as a JSON pointer (RFC 6901)
     * @param detail what is wrong with it
     */
    public record FieldError(String pointer, String detail) {}

    public Problem {
        errors = List.copyOf(errors);
    }

    static Problem of(int status, String reason, String detail) {
        return new Problem(status, reason, detail, List.of());
    }

    /** Returns the problem of a status of which nothing else is known. */
    static Problem of(int status, String detail) {
        return of(status, HttpStatus.getMessage(status).toLowerCase(Locale.ROOT).replace(' ', '-'), detail);
    }

    static Problem of(ServiceException failure) {
        String reason = failure.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
        String detail = String.valueOf(failure.getMessage());
        List<FieldError> errors = failure.field()
                .map(field -> List.of(new FieldError(pointer(field), detail)))
                .orElse(List.of());
        return new Problem(failure.reason().status(), reason, detail, errors);
    }

    /** Returns the document. */
    Map<String, Object> document(String instance, String correlationId) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "/errors/" + reason);
        document.put("title", HttpStatus.getMessage(status));
        document.put("status", status);
        document.put("detail", detail);
        document.put("instance", instance);
        document.put("correlationId", correlationId);
        if (!errors.isEmpty()) {
            List<Map<String, Object>> list = new ArrayList<>();
            errors.forEach(error -> list.add(Map.of("pointer", error.pointer(), "detail", error.detail())));
            document.put("errors", list);
        }
        return document;
    }

    /** Returns a field such as {@code lines[2].price} as a pointer: {@code /lines/2/price}. */
    private static String pointer(String field) {
        return "/"
                + field.replace("~", "~0")
                        .replace("/", "~1")
                        .replace("].", "/")
                        .replace('[', '/')
                        .replace("]", "")
                        .replace('.', '/');
    }
}
