package io.serai.admin.internal.exchange;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/**
 * What a client is told of a failure; becomes a problem document (RFC 9457).
 *
 * @param status the status
 * @param reason a word for programs: the last segment of the problem's type
 * @param detail what failed and what to do, for people
 */
public record Problem(int status, String reason, String detail) {

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
        return document;
    }
}
