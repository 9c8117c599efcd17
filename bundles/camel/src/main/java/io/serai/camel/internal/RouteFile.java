package io.serai.camel.internal;

import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/**
 * A file of routes.
 *
 * @param path where it stands, relative to its layer
 * @param bytes the content; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
record RouteFile(StatePath path, byte[] bytes) {
    private static final String FOLDER = "deploy";
    private static final String YAML = ".camel.yaml";
    private static final String XML = ".camel.xml";

    static boolean accepts(StatePath path) {
        return path.isBelow(FOLDER)
                && (path.value().endsWith(YAML) || path.value().endsWith(XML));
    }

    static RouteFile read(StatePath path, Content content) throws IOException {
        return new RouteFile(path, content.bytes());
    }

    /** Returns the name of its context: the path below the folder without the suffix. */
    String contextName() {
        String value = path.value();
        String suffix = value.endsWith(YAML) ? YAML : XML;
        return value.substring(FOLDER.length() + 1, value.length() - suffix.length());
    }

    /** Returns the extension under which Camel knows the language it is written in. */
    String language() {
        return path.value().endsWith(YAML) ? "yaml" : "xml";
    }

    boolean isBlank() {
        return new String(bytes, StandardCharsets.UTF_8).isBlank();
    }

    RouteSource source() {
        return new RouteSource(
                path.value(), new String(bytes, StandardCharsets.UTF_8).lines().toList());
    }

    Resource resource() {
        return ResourceHelper.fromBytes(path.value(), bytes);
    }
}
