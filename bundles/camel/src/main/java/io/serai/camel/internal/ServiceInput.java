package io.serai.camel.internal;

import io.serai.api.runtime.PayloadCodec;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;

/** Makes the message of a route the input of a service. */
final class ServiceInput {
    private static final Set<Class<?>> RAW = Set.of(byte[].class, String.class, InputStream.class);
    private static final String CAMEL = "camel";

    private final Message message;
    private final PayloadCodec codec;

    private ServiceInput(Message message, PayloadCodec codec) {
        this.message = message;
        this.codec = codec;
    }

    /**
     * Returns the body as an object of the input type of the service.
     *
     * @param descriptor the service; if it is not there, the call fails anyway, and the body is left as it is
     * @throws ServiceException {@code INVALID} if the body does not fit
     */
    static @Nullable Object of(Message message, Optional<ServiceDescriptor> descriptor, ServiceCalls calls)
            throws IOException {
        if (descriptor.isEmpty()) {
            return message.getBody();
        }
        return new ServiceInput(message, calls.codec()).convert(descriptor.get().input());
    }

    /** Returns the headers that are not Camel's own, as services see them. */
    static Map<String, List<String>> headers(Message message) {
        Map<String, List<String>> headers = new HashMap<>();
        message.getHeaders().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            List<String> values = values(value);
            if (!lower.startsWith(CAMEL) && !values.isEmpty()) {
                headers.put(lower, values);
            }
        });
        return headers;
    }

    private static List<String> values(@Nullable Object value) {
        if (value instanceof Collection<?> many) {
            return many.stream().flatMap(one -> values(one).stream()).toList();
        }
        boolean simple = value instanceof CharSequence || value instanceof Number || value instanceof Boolean;
        return simple ? List.of(String.valueOf(value)) : List.of();
    }

    private @Nullable Object convert(Type type) throws IOException {
        Object body = message.getBody();
        if (type == Void.class) {
            return null;
        }
        if (type instanceof Class<?> wanted) {
            if (wanted.isInstance(body)) {
                return body;
            }
            if (RAW.contains(wanted)) {
                return raw(wanted);
            }
        }
        if (body == null) {
            return codec.fromValues(Map.of(), type);
        }
        try (InputStream json =
                isPayload(body) ? raw(InputStream.class) : new ByteArrayInputStream(codec.toJson(body))) {
            return codec.fromJson(json, type);
        }
    }

    private static boolean isPayload(Object body) {
        return body instanceof byte[]
                || body instanceof CharSequence
                || body instanceof InputStream
                || body instanceof Reader
                || body instanceof StreamCache
                || body instanceof WrappedFile;
    }

    private <T> T raw(Class<T> type) {
        try {
            return message.getMandatoryBody(type);
        } catch (InvalidPayloadException e) {
            throw new ServiceException(
                    Reason.INVALID,
                    "The body of the route's message cannot be read as " + type.getSimpleName(),
                    null,
                    e);
        }
    }
}
