package io.serai.camel.internal;

import io.serai.api.service.Context;
import io.serai.api.service.Service;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a route that is a service takes as its body. */
enum RouteInput {
    /** A JSON object, with the variables of the path and the query, as a map. */
    MAP,
    /** The payload as text. */
    TEXT,
    /** The payload as bytes. */
    BYTES,
    /** The payload as a stream. */
    STREAM;

    static RouteInput of(String word) {
        return Arrays.stream(values())
                .filter(input -> input.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Option 'input' is '" + word + "'; give one of "
                        + Arrays.stream(values()).map(RouteInput::word).collect(Collectors.joining(", "))));
    }

    /** Returns a service whose declared types tell the runtime what it takes. */
    Service<?, ?> service(RouteTarget target) {
        return switch (this) {
            case MAP -> new MapService(target);
            case TEXT -> new TextService(target);
            case BYTES -> new BytesService(target);
            case STREAM -> new StreamService(target);
        };
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @SuppressWarnings("NullAway") // an answer may be null, which the type of Service does not say
    private record MapService(RouteTarget target) implements Service<Map<String, Object>, Object> {
        @Override
        public Object handle(Map<String, Object> input, Context context) throws Exception {
            return target.call(input, context);
        }
    }

    @SuppressWarnings("NullAway") // an answer may be null, which the type of Service does not say
    private record TextService(RouteTarget target) implements Service<String, Object> {
        @Override
        public Object handle(String input, Context context) throws Exception {
            return target.call(input, context);
        }
    }

    @SuppressWarnings("NullAway") // an answer may be null, which the type of Service does not say
    private record BytesService(RouteTarget target) implements Service<byte[], Object> {
        @Override
        public Object handle(byte[] input, Context context) throws Exception {
            return target.call(input, context);
        }
    }

    @SuppressWarnings("NullAway") // an answer may be null, which the type of Service does not say
    private record StreamService(RouteTarget target) implements Service<InputStream, Object> {
        @Override
        public Object handle(InputStream input, Context context) throws Exception {
            return target.call(input, context);
        }
    }
}
