package io.serai.runtime.internal.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.serai.api.runtime.PayloadCodec;
import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Reads and writes JSON with Jackson, strictly for what is there, leniently for what is not known. */
@Component(service = {PayloadCodec.class, JacksonPayloadCodec.class})
public final class JacksonPayloadCodec implements PayloadCodec {
    private final TypeMappers mappers = new TypeMappers();

    @Activate
    public JacksonPayloadCodec() {}

    /** Forgets what was seen within maps and lists, which may have been objects of a bundle that is gone. */
    void forgetContents() {
        mappers.forgetPlatform();
    }

    @Override
    public @Nullable Object fromJson(InputStream json, Type type) {
        if (type == Void.class) {
            return null;
        }
        TypeMapper mapper = mappers.of(type);
        try (JsonParser parser = mapper.json().createParser(json)) {
            return mapper.read(parser, type, "");
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public @Nullable Object fromValues(Map<String, ?> values, Type type) {
        Class<?> raw = rawClass(type);
        if (raw == Void.class) {
            return null;
        }
        if (raw.isRecord()) {
            return mappers.of(type).record(type).read(values);
        }
        if (isMap(raw)) {
            return mappers.of(type).map(values, type);
        }
        throw Expected.mismatch("", raw, "made of named values");
    }

    @Override
    public @Nullable Object fromJsonAndValues(InputStream json, Map<String, ?> values, Type type) {
        Class<?> raw = rawClass(type);
        if (raw.isRecord()) {
            TypeMapper mapper = mappers.of(type);
            try (JsonParser parser = mapper.json().createParser(json)) {
                return mapper.record(type).read(parser, values);
            } catch (IOException e) {
                throw unreadable(e);
            }
        }
        Object read = fromJson(json, type);
        if (read instanceof Map<?, ?> members && isMap(raw) && fromValues(values, type) instanceof Map<?, ?> given) {
            Map<Object, Object> all = new LinkedHashMap<>(members);
            all.putAll(given);
            return all;
        }
        return read;
    }

    private static boolean isMap(Class<?> raw) {
        return raw.isAssignableFrom(LinkedHashMap.class);
    }

    private static Class<?> rawClass(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        return type instanceof ParameterizedType parameterized && parameterized.getRawType() instanceof Class<?> raw
                ? raw
                : Object.class;
    }

    private static ServiceException unreadable(IOException cause) {
        return new ServiceException(Reason.INVALID, "The payload could not be read to its end", null, cause);
    }

    @Override
    public void toJson(@Nullable Object value, OutputStream out) throws IOException {
        try {
            mappers.of(value).writer().writeValue(out, value);
        } catch (JsonProcessingException e) {
            throw TypeMapper.unwritable(value, e);
        }
    }

    @Override
    public byte[] toJson(@Nullable Object value) {
        try {
            return mappers.of(value).writer().writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw TypeMapper.unwritable(value, e);
        }
    }

    @Override
    public Map<String, Object> schema(Type type) {
        return new SchemaWriter(mappers.of(type)).schema(type);
    }

    /**
     * Returns an object as one of a type: itself, if it is one, otherwise one of the same JSON; what is raw (bytes, text,
     * stream) counts as JSON where an object is wanted, and the other way round.
     *
     * @throws ServiceException {@code INVALID}, naming the field that does not fit
     */
    public Object convert(Object value, Type type) {
        if (TypeFit.fits(value, type)) {
            return value;
        }
        Class<?> raw = rawClass(type);
        if (RawPayloads.isRaw(raw)) {
            return RawPayloads.as(raw, RawPayloads.isRaw(value.getClass()) ? RawPayloads.bytes(value) : toJson(value));
        }
        if (value instanceof String text && Scalars.parser(raw) != null) {
            return mappers.of(type).scalar(text, type);
        }
        if (RawPayloads.isRaw(value.getClass())) {
            return Objects.requireNonNull(fromJson(new ByteArrayInputStream(RawPayloads.bytes(value)), type));
        }
        return mappers.of(type).convert(value, mappers.of(value), type, "");
    }

    /**
     * Returns the answer of a service as what its caller wants it as.
     *
     * @throws ServiceException {@code FAILED} if it does not fit
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // a service may answer null, which has no mark in Java
    public <O> O answer(String service, @Nullable Object value, Class<O> type) {
        if (value == null || type == Void.class) {
            return null;
        }
        try {
            return (O) Scalars.boxed(type).cast(convert(value, Scalars.boxed(type)));
        } catch (ServiceException e) {
            throw new ServiceException(
                    Reason.FAILED,
                    "The answer of service " + service + " does not fit what its caller expects: " + e.getMessage(),
                    null,
                    e);
        }
    }
}
