package io.serai.http.internal.channel;

import java.io.InputStream;
import java.lang.reflect.Type;

/** How the input of a service is made of a request. */
public enum InputKind {
    /** There is none. */
    NONE,
    /** The body as bytes. */
    BYTES,
    /** The body as text. */
    TEXT,
    /** The body as a stream. */
    STREAM,
    /** An object, of the values in path, query and body. */
    VALUES;

    static InputKind of(Type type) {
        if (type == Void.class) {
            return NONE;
        }
        if (type == byte[].class) {
            return BYTES;
        }
        if (type == String.class) {
            return TEXT;
        }
        return type == InputStream.class ? STREAM : VALUES;
    }
}
