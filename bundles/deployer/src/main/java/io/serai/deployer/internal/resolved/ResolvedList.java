package io.serai.deployer.internal.resolved;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What the features of one artifact resolved to. Two nodes that resolved to the same write the same file.
 *
 * @param artifacts which bytes each URI has
 */
record ResolvedList(SortedMap<String, Fingerprint> artifacts) {
    static final ResolvedList EMPTY = new ResolvedList(new TreeMap<>());

    private static final String RESOLVED = "resolved";
    private static final String URI = "uri";
    private static final String SHA_256 = "sha256";
    private static final String SIZE = "size";

    ResolvedList {
        artifacts = Collections.unmodifiableSortedMap(new TreeMap<>(artifacts));
    }

    /**
     * Reads the file.
     *
     * @throws IOException if it cannot be read, or is of another shape
     */
    static ResolvedList read(InputStream in) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE); // there may be thousands
        try {
            Object document = new Yaml(new SafeConstructor(options)).load(in);
            if (document instanceof Map<?, ?> map
                    && map.keySet().equals(Set.of(RESOLVED))
                    && map.get(RESOLVED) instanceof List<?> items) {
                SortedMap<String, Fingerprint> artifacts = new TreeMap<>();
                for (Object item : items) {
                    add(item, artifacts);
                }
                return new ResolvedList(artifacts);
            }
        } catch (YAMLException | IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        throw new IOException("it is a map of '" + RESOLVED + "', which is a list, and nothing else");
    }

    private static void add(Object item, SortedMap<String, Fingerprint> artifacts) throws IOException {
        if (item instanceof Map<?, ?> map
                && map.get(URI) instanceof String uri
                && map.get(SHA_256) instanceof String hash
                && map.get(SIZE) instanceof Number size) {
            artifacts.put(uri, new Fingerprint(hash, size.longValue()));
            return;
        }
        throw new IOException("each item has '" + URI + "', '" + SHA_256 + "' and '" + SIZE + "', but one is " + item);
    }

    /** Returns the file. */
    byte[] toYaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        List<Map<String, Object>> items = new ArrayList<>();
        artifacts.forEach((uri, fingerprint) -> {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put(URI, uri);
            item.put(SHA_256, fingerprint.sha256());
            item.put(SIZE, fingerprint.size());
            items.add(item);
        });
        return new Yaml(options).dump(Map.of(RESOLVED, items)).getBytes(StandardCharsets.UTF_8);
    }
}
