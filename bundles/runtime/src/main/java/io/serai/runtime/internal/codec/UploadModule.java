package io.serai.runtime.internal.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.serai.api.service.Upload;
import java.io.IOException;

/** Hands uploads from one look-alike to another as they are; they have no JSON. */
final class UploadModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    UploadModule() {
        super("upload");
        addSerializer(new Writer());
        addDeserializer(Upload.class, new Reader());
    }

    private static final class Writer extends StdSerializer<Upload> {
        private static final long serialVersionUID = 1L;

        Writer() {
            super(Upload.class);
        }

        @Override
        public void serialize(Upload upload, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (json instanceof TokenBuffer) {
                json.writeEmbeddedObject(upload);
            } else {
                provider.reportMappingProblem("An upload cannot be written as JSON; answer with its stream");
            }
        }
    }

    private static final class Reader extends StdDeserializer<Upload> {
        private static final long serialVersionUID = 1L;

        Reader() {
            super(Upload.class);
        }

        @Override
        public Upload deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT
                    && json.getEmbeddedObject() instanceof Upload upload) {
                return upload;
            }
            return (Upload) context.handleUnexpectedToken(Upload.class, json);
        }
    }
}
