package io.serai.api.runtime;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Turns payloads into the objects services take, and answers into payloads. One place decides how JSON and records
 * match, for every channel. Thread-safe.
 */
@ProviderType
public interface PayloadCodec {

    /**
     * Reads JSON as an object of a type.
     *
     * @param json not closed
     * @throws io.serai.api.service.ServiceException {@code INVALID} if it is not JSON (with line and column), or does
     *     not fit the type (naming the field)
     */
    @Nullable Object fromJson(InputStream json, Type type);

    /**
     * Makes an object of a type from named values, as path, query and form have them.
     *
     * @param values each a {@code String}, which is converted, a {@code List<String>}, an
     *     {@link io.serai.api.service.Upload}, or a JSON-like value; names the type does not have are left out
     * @throws io.serai.api.service.ServiceException {@code INVALID}, naming the field that is missing or ill-typed
     */
    @Nullable Object fromValues(Map<String, ?> values, Type type);

    /**
     * Reads a JSON object and named values together as an object of a type; the values win.
     *
     * @throws io.serai.api.service.ServiceException as {@link #fromJson} and {@link #fromValues}
     */
    @Nullable Object fromJsonAndValues(InputStream json, Map<String, ?> values, Type type);

    /** Writes an object as JSON in UTF-8; does not close the stream. */
    void toJson(@Nullable Object value, OutputStream out) throws java.io.IOException;

    /** Returns an object as JSON in UTF-8. */
    byte[] toJson(@Nullable Object value);

    /** Returns the JSON Schema (draft 2020-12) of a type as maps and lists; {@code $defs} holds the named records. */
    Map<String, Object> schema(Type type);
}
