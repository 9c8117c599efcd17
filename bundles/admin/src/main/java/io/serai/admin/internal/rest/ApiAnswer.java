package io.serai.admin.internal.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.api.state.Content;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpStatus;

/**
 * What a request is answered.
 *
 * @param status the status
 * @param type the media type of the body
 * @param body the body; empty for none
 * @param headers further headers
 */
record ApiAnswer(int status, String type, Optional<Content> body, Map<String, String> headers) {
    private static final ObjectMapper JSON = new ObjectMapper();

    ApiAnswer {
        headers = Map.copyOf(headers);
    }

    /** Returns an answer in JSON: maps, lists, texts, numbers. */
    static ApiAnswer json(int status, Object value) {
        try {
            return new ApiAnswer(
                    status, "application/json", Optional.of(Content.of(JSON.writeValueAsBytes(value))), Map.of());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("An answer has a value that JSON does not have", e);
        }
    }

    static ApiAnswer ok(Object value) {
        return json(HttpStatus.OK_200, value);
    }

    static ApiAnswer of(String type, Content body) {
        return new ApiAnswer(HttpStatus.OK_200, type, Optional.of(body), Map.of());
    }

    static ApiAnswer empty(int status) {
        return new ApiAnswer(status, "", Optional.empty(), Map.of());
    }

    /** Returns the same with one more header. */
    ApiAnswer with(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new ApiAnswer(status, type, body, more);
    }
}
