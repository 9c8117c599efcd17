package io.serai.http.internal.channel;

import java.io.Reader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A mapping of a YAML file, read as what is expected of it. Every refusal is an {@link IllegalArgumentException} that
 * names file, line, column and field.
 */
final class YamlMap {
    private static final int MAX_CHARACTERS = 64 * 1024;
    private static final int MAX_DEPTH = 8;

    private final String file;
    private final String prefix;
    private final Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();

    private YamlMap(String file, String prefix, Node node) {
        this.file = file;
        this.prefix = prefix;
        this.node = node;
        if (!(node instanceof MappingNode mapping)) {
            throw refusal(node, prefix, "must be a mapping of keys to values");
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (values.put(key, tuple.getValueNode()) != null) {
                throw refusal(tuple.getKeyNode(), prefix + key, "is there twice; remove one");
            }
        }
    }

    /** Reads a file that holds one mapping. */
    static YamlMap read(String file, Reader yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(0);
        try {
            Node node = new Yaml(options).compose(yaml);
            if (node == null) {
                throw new IllegalArgumentException(file + ":1:1: is empty; write kind, name and spec");
            }
            return new YamlMap(file, "", node);
        } catch (MarkedYAMLException e) {
            throw new IllegalArgumentException(at(file, e.getProblemMark()) + " is not YAML: " + e.getProblem(), e);
        } catch (YAMLException e) {
            throw new IllegalArgumentException(file + " is not YAML: " + e.getMessage(), e);
        }
    }

    /** Refuses keys that are not among these. */
    void allow(Set<String> keys) {
        values.forEach((key, value) -> {
            if (!keys.contains(key)) {
                throw refusal(value, prefix + key, "is not a key of this object; use " + String.join(", ", keys));
            }
        });
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    String text(String key) {
        return scalar(required(key), key);
    }

    Optional<YamlMap> map(String key) {
        return Optional.ofNullable(values.get(key)).map(value -> new YamlMap(file, prefix + key + ".", value));
    }

    /** Returns a list of strings; empty if the key is absent. */
    List<String> texts(String key) {
        Node value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof SequenceNode sequence)) {
            throw refusal(value, prefix + key, "must be a list, such as [a, b]");
        }
        List<String> texts = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            texts.add(scalar(item, key));
        }
        return texts;
    }

    /** Returns a whole number. */
    OptionalLong number(String key, long min, long max) {
        Node value = values.get(key);
        if (value == null) {
            return OptionalLong.empty();
        }
        try {
            long number = Long.parseLong(scalar(value, key));
            if (number >= min && number <= max) {
                return OptionalLong.of(number);
            }
        } catch (NumberFormatException e) {
            throw refusal(value, prefix + key, "must be a whole number from " + min + " to " + max);
        }
        throw refusal(value, prefix + key, "must be from " + min + " to " + max);
    }

    /** Returns a duration, written as {@code 500ms}, {@code 30s} or {@code 2m}; up to a day. */
    Optional<Duration> duration(String key) {
        Node value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        String text = scalar(value, key);
        int unit = 0;
        while (unit < text.length() && Character.isDigit(text.charAt(unit))) {
            unit++;
        }
        // nine digits of the largest unit still fit a long of nanoseconds
        boolean number = unit > 0 && unit <= 9;
        Duration duration = number ? duration(Long.parseLong(text.substring(0, unit)), text.substring(unit)) : null;
        if (duration == null || duration.isZero() || duration.compareTo(Duration.ofDays(1)) > 0) {
            throw refusal(value, prefix + key, "must be a duration of at most a day, such as 500ms, 30s or 2m");
        }
        return Optional.of(duration);
    }

    boolean flag(String key) {
        Node value = values.get(key);
        if (value == null) {
            return false;
        }
        String text = scalar(value, key);
        if (!text.equals("true") && !text.equals("false")) {
            throw refusal(value, prefix + key, "must be true or false");
        }
        return text.equals("true");
    }

    /** Returns the exception that says what is wrong with a value. */
    IllegalArgumentException refusal(String key, String message) {
        return refusal(values.getOrDefault(key, node), prefix + key, message);
    }

    private static @Nullable Duration duration(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> null;
        };
    }

    private Node required(String key) {
        Node value = values.get(key);
        if (value == null) {
            throw refusal(node, prefix + key, "is missing; add it");
        }
        return value;
    }

    private String scalar(Node value, String key) {
        if (!(value instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
            throw refusal(value, prefix + key, "must be a value that is not empty");
        }
        return scalar.getValue();
    }

    private IllegalArgumentException refusal(Node at, String field, String message) {
        String subject = field.isEmpty() ? "the file" : field;
        return new IllegalArgumentException(at(file, at.getStartMark()) + " " + subject + " " + message);
    }

    private static String at(String file, @Nullable Mark mark) {
        return mark == null ? file + ":" : file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1) + ":";
    }
}
