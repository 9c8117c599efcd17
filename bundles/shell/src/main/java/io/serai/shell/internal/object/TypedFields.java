package io.serai.shell.internal.object;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectDocument;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKey;
import io.serai.api.state.Content;
import io.serai.shell.internal.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a person types behind a command for an object: {@code '{"path": "/orders"}'}, or {@code path=/orders methods=GET}.
 *
 * @param schema the JSON Schema of the fields, which says what is a number and what a list
 * @param codec makes objects of text
 */
record TypedFields(String schema, ObjectCodec codec) {

    /** Returns the object. */
    ObjectDocument read(ObjectKey key, List<String> words) throws ObjectException, JsonProcessingException {
        ObjectNode document = JsonOutput.MAPPER.createObjectNode();
        document.put("kind", key.kind()).put("name", key.name());
        if (!key.layer().isEmpty()) {
            document.put("layer", key.layer());
        }
        String text = String.join(" ", words);
        if (text.startsWith("{")) {
            // the codec says where JSON is broken
            String head = document.toString();
            String whole = head.substring(0, head.length() - 1) + ",\"spec\":" + text + "}";
            return codec.read("argument", Content.of(whole.getBytes(StandardCharsets.UTF_8)))
                    .get(0);
        }
        document.set("spec", fields(words));
        return codec.read("argument", Content.of(document.toString().getBytes(StandardCharsets.UTF_8)))
                .get(0);
    }

    private ObjectNode fields(List<String> words) throws JsonProcessingException {
        JsonNode properties = JsonOutput.MAPPER.readTree(schema).path("properties");
        ObjectNode fields = JsonOutput.MAPPER.createObjectNode();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "'" + word + "' is no field; write field=value, or JSON in single quotes: '{\"field\": 7}'");
            }
            String name = word.substring(0, equals);
            String text = word.substring(equals + 1);
            JsonNode property = properties.path(name);
            if (isOf(property, "array") && !text.startsWith("[")) {
                fields.withArray("/" + name.replace("~", "~0").replace("/", "~1"))
                        .add(value(property.path("items"), text));
            } else {
                fields.set(name, value(property, text));
            }
        }
        return fields;
    }

    private static JsonNode value(JsonNode property, String text) {
        if (!property.has("type") || isOf(property, "string")) {
            return property.isMissingNode() || property.has("type") ? TextNode.valueOf(text) : parsed(text);
        }
        return parsed(text);
    }

    /** Returns JSON; what is none is a text, of which the schema says what is wrong with it. */
    private static JsonNode parsed(String text) {
        try {
            return JsonOutput.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }

    private static boolean isOf(JsonNode property, String type) {
        return property.path("type").asText().equals(type);
    }
}
