package io.serai.security.internal.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the values of a spec, or of a part of one; refuses what is of another type, and keys that nobody knows. */
final class SpecReader {
    private final String pointer;
    private final Map<?, ?> values;

    SpecReader(String pointer, Map<?, ?> values, Set<String> keys) {
        this.pointer = pointer;
        this.values = values;
        for (Object key : values.keySet()) {
            if (!keys.contains(String.valueOf(key))) {
                throw new SpecException(
                        pointer + "/" + key,
                        "'" + key + "' is no key here; use " + String.join(", ", new TreeSet<>(keys)));
            }
        }
    }

    Optional<String> text(String key) {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text) || text.isBlank()) {
            throw refusal(key, "must be a text that is not empty");
        }
        return Optional.of(text);
    }

    String requiredText(String key) {
        return text(key).orElseThrow(() -> refusal(key, "is missing; add it"));
    }

    boolean flag(String key) {
        Object value = values.get(key);
        if (value == null) {
            return false;
        }
        if (!(value instanceof Boolean flag)) {
            throw refusal(key, "must be true or false");
        }
        return flag;
    }

    Set<String> texts(String key) {
        Set<String> texts = new TreeSet<>();
        for (Object item : items(key)) {
            if (!(item instanceof String text) || text.isBlank()) {
                throw refusal(key, "must be a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    List<SpecReader> parts(String key, Set<String> keys) {
        List<SpecReader> parts = new ArrayList<>();
        for (Object item : items(key)) {
            if (!(item instanceof Map<?, ?> map)) {
                throw refusal(key, "must be a list of mappings");
            }
            parts.add(new SpecReader(pointer + "/" + key + "/" + parts.size(), map, keys));
        }
        return parts;
    }

    SpecException refusal(String key, String message) {
        return new SpecException(pointer + "/" + key, "'" + key + "' " + message);
    }

    private List<?> items(String key) {
        Object value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw refusal(key, "must be a list");
        }
        return list;
    }
}
