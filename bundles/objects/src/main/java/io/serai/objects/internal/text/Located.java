package io.serai.objects.internal.text;

import com.fasterxml.jackson.core.JsonLocation;
import java.util.Map;
import java.util.Objects;

/**
 * Something that was read, and where its parts stand.
 *
 * @param source what the text is called in messages
 * @param pointer where in its document it is, as a JSON pointer
 * @param value what it is, as JSON has it
 * @param locations the position of each part of the document
 */
record Located(String source, String pointer, Object value, Map<String, JsonLocation> locations) {

    /** Returns a part of this. */
    Located part(String place, Object part) {
        return new Located(source, pointer + place, part, locations);
    }

    /** Returns a message that begins with the position of a part, or of the nearest part around it. */
    String at(String place, String message) {
        String around = pointer + place;
        while (!around.isEmpty() && !locations.containsKey(around)) {
            around = around.substring(0, around.lastIndexOf('/'));
        }
        JsonLocation location = Objects.requireNonNull(locations.get(around));
        String field = place.isEmpty() ? "the object" : place.substring(1).replace('/', '.');
        return source + ":" + location.getLineNr() + ":" + location.getColumnNr() + ": " + field + " " + message;
    }
}
