package io.serai.deployer.internal.build;

import io.serai.api.state.Content;
import java.util.List;
import java.util.Objects;

/**
 * A bundle ready to be installed.
 *
 * @param jar the bytes of its jar
 * @param warnings what whoever dropped the artifact should know, a sentence each
 */
public record BuiltBundle(Content jar, List<String> warnings) {
    /** Checks and copies. */
    public BuiltBundle {
        Objects.requireNonNull(jar, "jar");
        warnings = List.copyOf(warnings);
    }
}
