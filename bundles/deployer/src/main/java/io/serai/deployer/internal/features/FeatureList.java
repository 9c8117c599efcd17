package io.serai.deployer.internal.features;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.Content;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What {@code features.yaml} says.
 *
 * @param repositories the URIs of feature repositories
 * @param features the features to install, each {@code name} or {@code name/version}
 */
record FeatureList(List<String> repositories, List<String> features) {
    static final FeatureList EMPTY = new FeatureList(List.of(), List.of());

    private static final String REPOSITORIES = "repositories";
    private static final String FEATURES = "features";

    FeatureList {
        repositories = List.copyOf(repositories);
        features = List.copyOf(features);
    }

    /**
     * Reads the file.
     *
     * @throws DeploymentException {@code INVALID} if it is not YAML of that shape, {@code IO} if it cannot be read
     */
    static FeatureList read(Content content) throws DeploymentException {
        try (InputStream in = content.open()) {
            Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            return document == null ? EMPTY : of(document);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            String where = mark == null ? "" : ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
            throw new DeploymentException(
                    Reason.INVALID, "features.yaml" + where + " is no YAML: " + e.getProblem() + ".", e.toString(), e);
        } catch (YAMLException e) {
            throw new DeploymentException(Reason.INVALID, "features.yaml is no YAML: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DeploymentException(Reason.IO, "features.yaml cannot be read: " + e.getMessage(), e);
        }
    }

    private static FeatureList of(Object document) throws DeploymentException {
        if (!(document instanceof Map<?, ?> map)
                || !Set.of(REPOSITORIES, FEATURES).containsAll(map.keySet())) {
            throw invalid("it is a map of 'repositories' and 'features', and nothing else");
        }
        FeatureList list =
                new FeatureList(strings(REPOSITORIES, map.get(REPOSITORIES)), strings(FEATURES, map.get(FEATURES)));
        for (String repository : list.repositories) {
            try {
                new URI(repository);
            } catch (URISyntaxException e) {
                throw invalid("repository '" + repository + "' is no URI");
            }
        }
        return list;
    }

    private static List<String> strings(String key, @Nullable Object value) throws DeploymentException {
        List<String> strings = new ArrayList<>();
        if (value != null && !(value instanceof List<?>)) {
            throw invalid("'" + key + "' is a list");
        }
        for (Object item : value == null ? List.of() : (List<?>) value) {
            if (!(item instanceof String string) || string.isBlank()) {
                throw invalid("each item of '" + key + "' is a text, but one is '" + item + "'");
            }
            strings.add(string.strip());
        }
        return strings;
    }

    private static DeploymentException invalid(String why) {
        return new DeploymentException(Reason.INVALID, "features.yaml is refused: " + why + ".", null);
    }

    /** Returns all that this list or another one has. */
    FeatureList and(FeatureList other) {
        return new FeatureList(
                Stream.concat(repositories.stream(), other.repositories.stream())
                        .distinct()
                        .toList(),
                Stream.concat(features.stream(), other.features.stream())
                        .distinct()
                        .toList());
    }

    /** Returns the file. */
    byte[] toYaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        Map<String, List<String>> document = new LinkedHashMap<>();
        document.put(REPOSITORIES, repositories);
        document.put(FEATURES, features);
        return new Yaml(options).dump(document).getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the name of a feature without its version. */
    static String name(String feature) {
        int slash = feature.indexOf('/');
        return slash < 0 ? feature : feature.substring(0, slash);
    }
}
