package io.serai.objects.internal.text;

import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectDocument;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Problem;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import io.serai.api.text.NearNames;
import io.serai.objects.internal.Kinds;
import io.serai.objects.internal.schema.KindSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Objects as YAML and JSON: {@code kind}, {@code name}, perhaps {@code layer}, and {@code spec}. */
@Component(service = ObjectCodec.class)
public final class TextCodec implements ObjectCodec {
    private static final String KIND = "kind";
    private static final String NAME = "name";
    private static final String LAYER = "layer";
    private static final String SPEC = "spec";
    private static final String ITEMS = "items";
    /** What the API says of an object, and what it takes back without looking at it. */
    private static final Set<String> SHOWN = Set.of("status", "version", "etag");

    private static final List<String> KEYS = List.of(KIND, NAME, LAYER, SPEC);
    private static final long MAX_OBJECT_BYTES = 1024 * 1024;

    private final Kinds kinds;

    /** Checks files of the state against these kinds. */
    @Activate
    public TextCodec(@Reference Kinds kinds) {
        this.kinds = kinds;
    }

    @Override
    public List<ObjectDocument> read(String source, Content text) throws ObjectException {
        List<ObjectDocument> documents = new ArrayList<>();
        for (Located document : located(source, text, MAX_BYTES)) {
            collect(document, documents);
        }
        return documents;
    }

    private static void collect(Located document, List<ObjectDocument> documents) throws ObjectException {
        boolean wrapped = document.value() instanceof Map<?, ?> map && map.get(ITEMS) instanceof List<?>;
        if (wrapped) {
            collect(document.part("/" + ITEMS, item(document, ITEMS)), documents);
        } else if (document.value() instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                documents.add(document(document.part("/" + i, list.get(i))));
            }
        } else {
            documents.add(document(document));
        }
    }

    private static ObjectDocument document(Located text) throws ObjectException {
        Map<String, Object> object = object(text, KEYS);
        Object layer = object.getOrDefault(LAYER, "");
        try {
            ObjectKey key = new ObjectKey(word(text, KIND), word(text, NAME), String.valueOf(layer));
            return new ObjectDocument(key, spec(text));
        } catch (IllegalArgumentException e) {
            throw invalid(text.at("", "is wrong: " + e.getMessage()), e);
        }
    }

    @Override
    public byte[] yaml(Collection<ObjectDocument> objects) {
        return objects.stream()
                .map(object -> TextWriter.write(map(object)))
                .collect(Collectors.joining("---\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> map(ObjectDocument object) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(KIND, object.key().kind());
        map.put(NAME, object.key().name());
        if (!object.key().layer().isEmpty()) {
            map.put(LAYER, object.key().layer());
        }
        map.put(SPEC, object.spec());
        return map;
    }

    @Override
    public Map<String, Object> spec(StatePath path, Content content) throws ObjectException {
        List<Located> documents = located(path.value(), content, MAX_OBJECT_BYTES);
        if (documents.size() != 1) {
            throw invalid(
                    path + " has " + documents.size() + " documents; write one object: kind, name and spec", null);
        }
        Located text = documents.get(0);
        object(text, List.of(KIND, NAME, SPEC));
        List<String> segments = path.segments();
        String kind = segments.get(segments.size() - 2);
        String name = path.fileName().replaceFirst("\\.yaml$", "");
        require(text, KIND, kind, "as the folder is called");
        require(text, NAME, name, "as the file is called");
        Map<String, Object> kept = spec(text);
        Optional<Kinds.Registered> registered = kinds.find(kind);
        if (registered.isPresent()) {
            check(text, ObjectKey.of(kind, name), kept, registered.get());
        }
        return kept;
    }

    private static void check(Located text, ObjectKey key, Map<String, Object> kept, Kinds.Registered registered)
            throws ObjectException {
        ObjectKind kind = registered.kind();
        List<KindSchema.Finding> findings = registered.schema().check(kind.show(key, kept));
        if (!findings.isEmpty()) {
            List<Problem> problems = findings.stream()
                    .map(finding -> new Problem(
                            key.toString(),
                            "/" + SPEC + finding.pointer(),
                            text.at("/" + SPEC + finding.pointer(), finding.message())))
                    .toList();
            String all = problems.stream().map(Problem::message).collect(Collectors.joining("; "));
            throw new ObjectException(Reason.INVALID, all, problems, null);
        }
        try {
            kind.check(key, kept);
        } catch (ObjectException e) {
            String pointer =
                    e.problems().isEmpty() ? "/" + SPEC : e.problems().get(0).pointer();
            throw invalid(text.at(pointer, String.valueOf(e.getMessage())), e);
        }
    }

    private static List<Located> located(String source, Content text, long limit) throws ObjectException {
        try {
            if (text.size() > limit) {
                throw invalid(source + " has " + text.size() + " bytes; at most " + limit + " are read", null);
            }
            try (InputStream in = text.open()) {
                return TextReader.read(source, in);
            }
        } catch (IOException e) {
            throw new ObjectException(Reason.IO, source + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> object(Located text, List<String> keys) throws ObjectException {
        Map<String, Object> map = map(text);
        for (String key : map.keySet()) {
            if (!keys.contains(key) && !(keys == KEYS && SHOWN.contains(key))) {
                String advice = NearNames.nearest(key, keys)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("an object has " + String.join(", ", keys));
                throw invalid(text.at("/" + KindSchema.escape(key), "is no field of an object; " + advice), null);
            }
        }
        return map;
    }

    @SuppressWarnings("unchecked") // the reader makes no other maps
    private static Map<String, Object> map(Located text) throws ObjectException {
        if (text.value() instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw invalid(text.at("", "must be a mapping with kind, name and spec"), null);
    }

    private static Object item(Located text, String key) throws ObjectException {
        Object item = map(text).get(key);
        if (item == null) {
            throw invalid(text.at("/" + key, "is missing; add it"), null);
        }
        return item;
    }

    private static String word(Located text, String key) throws ObjectException {
        if (item(text, key) instanceof String word) {
            return word;
        }
        throw invalid(text.at("/" + key, "must be a text; put it in quotes"), null);
    }

    private static Map<String, Object> spec(Located text) throws ObjectException {
        Object spec = item(text, SPEC);
        return map(text.part("/" + SPEC, spec));
    }

    private static void require(Located text, String key, String value, String why) throws ObjectException {
        if (!word(text, key).equals(value)) {
            throw invalid(text.at("/" + key, "must be '" + value + "', " + why), null);
        }
    }

    private static ObjectException invalid(String message, @Nullable Exception cause) {
        return new ObjectException(Reason.INVALID, message, cause);
    }
}
