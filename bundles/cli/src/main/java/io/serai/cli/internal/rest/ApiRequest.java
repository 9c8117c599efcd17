package io.serai.cli.internal.rest;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request of the API, made step by step. */
public final class ApiRequest {
    /** Opens what is sent; may be asked again. */
    public interface Source {
        /** Opens it. */
        InputStream open() throws IOException;
    }

    /**
     * What is sent.
     *
     * @param type its media type
     * @param length how many bytes
     * @param source the bytes
     */
    public record Body(String type, long length, Source source) {}

    private final String method;
    private final String path;
    private final List<String> query = new ArrayList<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private Optional<Body> body = Optional.empty();

    private ApiRequest(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /** Makes one of a method and the segments of a path below {@code /api/v1}. */
    public static ApiRequest of(String method, String... segments) {
        StringBuilder path = new StringBuilder("/api/v1");
        for (String segment : segments) {
            path.append('/').append(encoded(segment));
        }
        return new ApiRequest(method, path.toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Adds a parameter, unless it is empty. */
    public ApiRequest query(String name, String value) {
        if (!value.isEmpty()) {
            query.add(name + "=" + encoded(value));
        }
        return this;
    }

    /** Adds a parameter if it is true. */
    public ApiRequest flag(String name, boolean value) {
        return query(name, value ? "true" : "");
    }

    /** Adds a header. */
    public ApiRequest header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Sends text or JSON. */
    public ApiRequest body(String type, byte[] bytes) {
        return body(new Body(type, bytes.length, () -> new java.io.ByteArrayInputStream(bytes)));
    }

    /** Sends what may be too large for memory. */
    public ApiRequest body(Body content) {
        this.body = Optional.of(content);
        return this;
    }

    String method() {
        return method;
    }

    /** Returns path and query. */
    String location() {
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    Map<String, String> headers() {
        return headers;
    }

    Optional<Body> body() {
        return body;
    }
}
