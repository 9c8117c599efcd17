package io.serai.runtime.internal.codec;

import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Payloads that services take and answer as they are: bytes, text, streams. */
final class RawPayloads {
    private RawPayloads() {}

    static boolean isRaw(Class<?> type) {
        return type == byte[].class || type == String.class || InputStream.class.isAssignableFrom(type);
    }

    /** Returns the bytes of a raw payload; reads a stream to its end and closes it. */
    static byte[] bytes(Object payload) {
        if (payload instanceof byte[] bytes) {
            return bytes;
        }
        if (payload instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try (InputStream in = (InputStream) payload) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ServiceException(Reason.INVALID, "The payload could not be read to its end", null, e);
        }
    }

    /** Returns bytes as a raw payload of a type. */
    static Object as(Class<?> type, byte[] bytes) {
        if (type == byte[].class) {
            return bytes;
        }
        return type == String.class ? new String(bytes, StandardCharsets.UTF_8) : new ByteArrayInputStream(bytes);
    }
}
