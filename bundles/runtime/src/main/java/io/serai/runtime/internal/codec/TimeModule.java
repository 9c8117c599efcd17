package io.serai.runtime.internal.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.Objects;

/** Reads times as they are written, in ISO 8601, and not as the numbers and arrays that Jackson takes as well. */
final class TimeModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    TimeModule() {
        super("time");
        Scalars.timeTypes().forEach(this::read);
    }

    private <T> void read(Class<T> type) {
        addDeserializer(type, new Reader<>(type));
    }

    private static final class Reader<T> extends StdScalarDeserializer<T> {
        private static final long serialVersionUID = 1L;

        private final Class<T> type;

        Reader(Class<T> type) {
            super(type);
            this.type = type;
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                return type.cast(context.handleUnexpectedToken(type, json));
            }
            String text = json.getText();
            try {
                return type.cast(Objects.requireNonNull(Scalars.parser(type)).apply(text));
            } catch (DateTimeException e) {
                return type.cast(context.handleWeirdStringValue(type, text, "not in ISO 8601"));
            }
        }
    }
}
