package io.serai.admin.internal.exchange;

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
 * @param errors everything that is wrong, each as a map of texts; empty if the detail says it all
 */
public record Problem(int status, String reason, String detail, List<Map<String, String>> errors) {
    /** Copies the list. */
    public Problem {
        errors = List.copyOf(errors);
    }

    /** Makes a problem whose detail says it all. */
    public Problem(int status, String reason, String detail) {
        this(status, reason, detail, List.of());
    }

    /** Returns a problem that has the name of its status. */
    public static Problem of(int status, String detail) {
        return new Problem(
                status, HttpStatus.getMessage(status).toLowerCase(Locale.ROOT).replace(' ', '-'), detail);
    }

    /** Returns a problem of which the client learns no more than the status. */
    public static Problem of(int status) {
        return of(status, "The server answered " + status + " " + HttpStatus.getMessage(status));
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
            document.put("errors", errors);
        }
        return document;
    }
}
