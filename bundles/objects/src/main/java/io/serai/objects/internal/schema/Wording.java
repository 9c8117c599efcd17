package io.serai.objects.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import io.serai.api.text.NearNames;
import io.serai.objects.internal.schema.KindSchema.Finding;
import java.util.ArrayList;
import java.util.List;

/** Says what the validator found in words that tell what to do. */
final class Wording {
    private Wording() {}

    static Finding of(ValidationMessage message, JsonNode schema) {
        String pointer = message.getInstanceLocation().toString();
        String property = String.valueOf(message.getProperty());
        return switch (message.getType()) {
            case "additionalProperties" -> new Finding(
                    pointer + "/" + KindSchema.escape(property), unknown(property, fields(schema, pointer)));
            case "required" -> new Finding(pointer + "/" + KindSchema.escape(property), "is missing; add it");
            case "enum" -> new Finding(
                    pointer, "must be one of " + argument(message).replaceAll("[\\[\\]\"]", ""));
            case "type" -> new Finding(
                    pointer, "must be of type " + message.getArguments()[1] + ", and is " + argument(message));
            case "pattern" -> new Finding(
                    pointer, "must match the pattern " + argument(message) + example(schema, pointer));
            default -> new Finding(pointer, message.getError());
        };
    }

    private static String argument(ValidationMessage message) {
        return String.valueOf(message.getArguments()[0]);
    }

    private static String unknown(String property, List<String> fields) {
        return "is no field here"
                + NearNames.nearest(property, fields)
                        .map(name -> "; did you mean " + name + "?")
                        .orElse(fields.isEmpty() ? "; remove it" : "; use " + String.join(", ", fields));
    }

    private static String example(JsonNode schema, String pointer) {
        JsonNode description = place(schema, pointer).path("description");
        return description.isMissingNode() ? "" : ": " + description.asText();
    }

    private static List<String> fields(JsonNode schema, String pointer) {
        List<String> fields = new ArrayList<>();
        place(schema, pointer).path("properties").fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    /** Returns the part of the schema that is about a place of the spec. */
    private static JsonNode place(JsonNode schema, String pointer) {
        JsonNode place = schema;
        for (String segment : pointer.substring(Math.min(1, pointer.length())).split("/", -1)) {
            if (!segment.isEmpty()) {
                JsonNode field = place.path("properties").path(KindSchema.unescape(segment));
                JsonNode item =
                        place.path("items").isMissingNode() ? place.path("additionalProperties") : place.path("items");
                place = field.isMissingNode() ? item : field;
            }
        }
        return place;
    }
}
