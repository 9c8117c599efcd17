package io.serai.identity.internal.members;

import io.serai.api.state.Content;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * An object of the state: kind, name and spec. It is read as text, so that a fingerprint without letters stays what it is
 * and no class is ever named by a file. Refusals are {@link IllegalArgumentException}s that name file, line and key.
 */
final class YamlObject {
    private static final int MAX_CHARACTERS = 16 * 1024;
    private static final int MAX_DEPTH = 6;

    private final String file;
    private final Map<String, Node> spec;

    private YamlObject(String file, Map<String, Node> spec) {
        this.file = file;
        this.spec = spec;
    }

    /** Reads a file of this kind and name, whose spec has these keys, and no other than optional ones. */
    static YamlObject read(String kind, String name, String text, Keys keys) {
        String file = "objects/" + kind + "/" + name + ".yaml";
        Map<String, Node> object =
                mapping(file, compose(file, text), "the file", new Keys(Set.of("kind", "name", "spec"), Set.of()));
        expect(file, object, "kind", kind);
        expect(file, object, "name", name);
        return new YamlObject(file, mapping(file, require(object, "spec"), "spec", keys));
    }

    /**
     * The keys of a mapping.
     *
     * @param required those that must be there
     * @param optional those that may be there
     */
    record Keys(Set<String> required, Set<String> optional) {
        @Override
        public String toString() {
            return Stream.concat(required.stream(), optional.stream()).sorted().collect(Collectors.joining(", "));
        }
    }

    boolean has(String key) {
        return spec.containsKey(key);
    }

    /** Writes an object. */
    static Content write(String kind, String name, Map<String, Object> spec) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("kind", kind);
        object.put("name", name);
        object.put("spec", spec);
        return Content.of(new Yaml(options).dump(object).getBytes(StandardCharsets.UTF_8));
    }

    String text(String key) {
        return scalar(file, require(spec, key), "spec." + key);
    }

    int number(String key) {
        try {
            return Integer.parseInt(text(key));
        } catch (NumberFormatException e) {
            throw refusal(file, require(spec, key), "spec." + key + " must be a whole number");
        }
    }

    List<String> texts(String key) {
        if (!(require(spec, key) instanceof SequenceNode sequence)) {
            throw refusal(file, require(spec, key), "spec." + key + " must be a list");
        }
        List<String> texts = new ArrayList<>();
        sequence.getValue().forEach(item -> texts.add(scalar(file, item, "spec." + key)));
        return texts;
    }

    /** Returns the exception that says what is wrong with the value of a key. */
    IllegalArgumentException refusal(String key, String problem) {
        return refusal(file, require(spec, key), "spec." + key + " " + problem);
    }

    String file() {
        return file;
    }

    private static Node compose(String file, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(0);
        try {
            Node node = new Yaml(options).compose(new StringReader(text));
            if (node == null) {
                throw new IllegalArgumentException(file + " is empty; write kind, name and spec");
            }
            return node;
        } catch (MarkedYAMLException e) {
            throw new IllegalArgumentException(file + " is not YAML: " + e.getProblem(), e);
        } catch (YAMLException e) {
            throw new IllegalArgumentException(file + " is not YAML: " + e.getMessage(), e);
        }
    }

    private static Map<String, Node> mapping(String file, Node node, String what, Keys keys) {
        if (!(node instanceof MappingNode mapping)) {
            throw refusal(file, node, what + " must be a mapping of keys to values");
        }
        Map<String, Node> values = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = scalar(file, tuple.getKeyNode(), "a key of " + what);
            if (!keys.required().contains(key) && !keys.optional().contains(key)) {
                throw refusal(file, tuple.getKeyNode(), key + " is not a key of " + what + "; use " + keys);
            }
            if (values.put(key, tuple.getValueNode()) != null) {
                throw refusal(file, tuple.getKeyNode(), key + " is there twice; remove one");
            }
        }
        for (String key : keys.required()) {
            if (!values.containsKey(key)) {
                throw refusal(file, node, what + " has no " + key + "; add it");
            }
        }
        return values;
    }

    private static Node require(Map<String, Node> values, String key) {
        Node value = values.get(key);
        if (value == null) {
            throw new IllegalStateException(key + " was asked for, but is not a key of the object");
        }
        return value;
    }

    private static void expect(String file, Map<String, Node> object, String key, String value) {
        Node node = require(object, key);
        if (!scalar(file, node, key).equals(value)) {
            throw refusal(file, node, key + " must be " + value + ", as the path of the file has it");
        }
    }

    private static String scalar(String file, Node value, String key) {
        if (!(value instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
            throw refusal(file, value, key + " must be a value that is not empty");
        }
        return scalar.getValue();
    }

    private static IllegalArgumentException refusal(String file, Node at, String problem) {
        int line = at.getStartMark() == null ? 1 : at.getStartMark().getLine() + 1;
        return new IllegalArgumentException(file + ":" + line + ": " + problem);
    }
}
