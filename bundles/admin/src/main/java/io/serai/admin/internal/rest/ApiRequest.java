package io.serai.admin.internal.rest;

import io.serai.api.security.Subject;
import io.serai.api.text.NearNames;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** A request of the API. Its refusals are {@link ApiException}s that name the parameter or header. */
final class ApiRequest {
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m)");
    private static final Pattern LAYER = Pattern.compile("(groups|nodes)/[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private final Request request;
    private final List<String> segments;
    private final Fields query;
    private final Subject subject;
    private byte @Nullable [] body;

    /** Makes one of somebody who is known. The segments are those after the version, decoded. */
    ApiRequest(Request request, List<String> segments, Subject subject) throws ApiException {
        this.request = request;
        this.segments = segments;
        this.subject = subject;
        try {
            this.query = Request.extractQueryParameters(request);
        } catch (IllegalArgumentException | BadMessageException e) {
            throw ApiException.badRequest("The query cannot be decoded; write it in UTF-8 with percent signs");
        }
    }

    String method() {
        return request.getMethod();
    }

    List<String> segments() {
        return segments;
    }

    Subject subject() {
        return subject;
    }

    Request jetty() {
        return request;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    /** Refuses parameters that are not among these; a misspelt one would do something else than was meant. */
    void allow(Set<String> names) throws ApiException {
        for (Fields.Field field : query) {
            if (!names.contains(field.getName())) {
                throw ApiException.badRequest("There is no parameter '" + shortened(field.getName()) + "' here; "
                        + NearNames.nearest(shortened(field.getName()), names)
                                .map(near -> "did you mean " + near + "?")
                                .orElse(
                                        names.isEmpty()
                                                ? "leave it out"
                                                : "there are "
                                                        + String.join(
                                                                ", ",
                                                                names.stream()
                                                                        .sorted()
                                                                        .toList())));
            }
        }
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.getValue(name)).filter(value -> !value.isEmpty());
    }

    /** Returns all values of a parameter that may be there more than once. */
    List<String> parameters(String name) {
        return query.getValuesOrEmpty(name);
    }

    /** Returns the items of a parameter that is a list with commas. */
    List<String> list(String name) {
        return parameter(name).map(value -> List.of(value.split(",", -1))).orElse(List.of());
    }

    boolean flag(String name) throws ApiException {
        Optional<String> value = parameter(name);
        if (value.isPresent() && !Set.of("true", "false").contains(value.get())) {
            throw ApiException.badRequest("Parameter " + name + " must be true or false");
        }
        return value.filter("true"::equals).isPresent();
    }

    int number(String name, int usual, int max) throws ApiException {
        Optional<String> value = parameter(name);
        if (value.isEmpty()) {
            return usual;
        }
        try {
            int number = Integer.parseInt(value.get());
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("Parameter " + name + " must be a whole number from 1 to " + max);
        }
        throw ApiException.badRequest("Parameter " + name + " must be from 1 to " + max);
    }

    Duration duration(String name, Duration usual) throws ApiException {
        Optional<String> value = parameter(name);
        if (value.isEmpty()) {
            return usual;
        }
        Matcher text = DURATION.matcher(value.get());
        if (text.matches()) {
            long number = Long.parseLong(text.group(1));
            Duration duration =
                    switch (text.group(2)) {
                        case "ms" -> Duration.ofMillis(number);
                        case "s" -> Duration.ofSeconds(number);
                        default -> Duration.ofMinutes(number);
                    };
            if (duration.compareTo(LONGEST_WAIT) <= 0) {
                return duration;
            }
        }
        throw ApiException.badRequest(
                "Parameter " + name + " must be a duration of at most an hour, such as 500ms, 30s or 2m");
    }

    /** Returns the layer that objects are of; empty for that of all nodes. */
    String layer() throws ApiException {
        String layer = parameter("layer").orElse("");
        if (!layer.isEmpty() && !LAYER.matcher(layer).matches()) {
            throw ApiException.badRequest("Parameter layer must be groups/<group> or nodes/<node>");
        }
        return layer;
    }

    /** Demands that the body is of one of these media types. */
    void requireType(Set<String> types) throws ApiException {
        String given = header("Content-Type").orElse("");
        String type = given.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!types.contains(type)) {
            throw ApiException.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE_415,
                    "The body is of type '" + shortened(type) + "'; send it as "
                            + String.join(" or ", types.stream().sorted().toList()));
        }
    }

    /** Returns the body, which fails to be read where it is longer than allowed; may be asked for again. */
    byte[] body(int maxBytes) throws ApiException {
        byte[] known = body;
        if (known == null) {
            known = readBody(maxBytes);
            body = known;
        }
        if (known.length > maxBytes) {
            throw tooLarge(maxBytes);
        }
        return known;
    }

    private byte[] readBody(int maxBytes) throws ApiException {
        requireLength(maxBytes);
        try (InputStream in = Content.Source.asInputStream(request)) {
            return in.readNBytes(maxBytes + 1);
        } catch (IOException e) {
            throw incomplete(e);
        }
    }

    void requireLength(long maxBytes) throws ApiException {
        if (request.getLength() > maxBytes) {
            throw tooLarge(maxBytes);
        }
    }

    static ApiException tooLarge(long maxBytes) {
        return ApiException.of(
                HttpStatus.PAYLOAD_TOO_LARGE_413,
                "The body has more than " + maxBytes + " bytes, which is the limit here; send less");
    }

    static ApiException incomplete(IOException cause) {
        return ApiException.badRequest("The body did not arrive whole; send it again");
    }

    private static String shortened(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "...";
    }
}
