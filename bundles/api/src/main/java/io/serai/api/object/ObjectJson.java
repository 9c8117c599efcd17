package io.serai.api.object;

import io.serai.api.object.ObjectResult.Difference;
import io.serai.api.object.ObjectResult.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Objects and what became of them as maps, lists, texts and numbers, in the one shape that all faces write as JSON. */
public final class ObjectJson {
    private ObjectJson() {}

    /** Returns an object. */
    public static Map<String, Object> view(ObjectView view) {
        Map<String, Object> json = key(view.key());
        json.put("spec", view.spec());
        json.put("status", view.status());
        json.put("version", view.version().value());
        json.put("etag", view.etag());
        return json;
    }

    /** Returns a page of objects; with fields, of each object these and its name only. */
    public static Map<String, Object> page(String kind, ObjectPage page, List<String> fields) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", kind);
        json.put(
                "items",
                page.objects().stream()
                        .map(view -> fields.isEmpty() ? view(view) : only(view(view), fields))
                        .toList());
        page.next().ifPresent(next -> json.put("next", next));
        json.put("total", page.total());
        json.put("version", page.version().value());
        json.put("unreachable", page.unreachable());
        return json;
    }

    /** Returns what a change has done, or would do. */
    public static Map<String, Object> result(ObjectResult result, boolean dryRun) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("commit", result.commit().value());
        json.put("dryRun", dryRun);
        json.put("objects", result.outcomes().stream().map(ObjectJson::outcome).toList());
        return json;
    }

    private static Map<String, Object> outcome(Outcome outcome) {
        Map<String, Object> json = key(outcome.key());
        json.put("action", word(outcome));
        if (!outcome.differences().isEmpty()) {
            json.put(
                    "differences",
                    outcome.differences().stream().map(ObjectJson::difference).toList());
        }
        return json;
    }

    /** Returns what was done to an object as one word. */
    public static String word(Outcome outcome) {
        return outcome.action().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> difference(Difference difference) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pointer", difference.pointer());
        difference.before().ifPresent(before -> json.put("before", before));
        difference.after().ifPresent(after -> json.put("after", after));
        return json;
    }

    /** Returns which object it is; the layer only if it is not that of all nodes. */
    public static Map<String, Object> key(ObjectKey key) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", key.kind());
        json.put("name", key.name());
        if (!key.layer().isEmpty()) {
            json.put("layer", key.layer());
        }
        return json;
    }

    private static Map<String, Object> only(Map<String, Object> object, List<String> fields) {
        Map<String, Object> chosen = new LinkedHashMap<>();
        chosen.put("kind", object.get("kind"));
        chosen.put("name", object.get("name"));
        fields.forEach(field -> copy(object, chosen, List.of(field.split("\\.", -1))));
        return chosen;
    }

    @SuppressWarnings("unchecked") // maps of JSON have texts as keys
    private static void copy(Map<String, Object> from, Map<String, Object> to, List<String> path) {
        Object value = from.get(path.get(0));
        if (value instanceof Map<?, ?> inner && path.size() > 1) {
            Map<String, Object> target = to.get(path.get(0)) instanceof Map<?, ?> there
                    ? (Map<String, Object>) there
                    : new LinkedHashMap<>();
            to.put(path.get(0), target);
            copy((Map<String, Object>) inner, target, path.subList(1, path.size()));
        } else if (value != null && path.size() == 1) {
            to.put(path.get(0), value);
        }
    }
}
