package io.serai.security.internal.kind;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The schemas of the kinds, which this bundle has as files. */
final class Schemas {
    private Schemas() {}

    static String of(String kind) {
        String file = "/schema/" + kind + ".json";
        try (InputStream in = Objects.requireNonNull(Schemas.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + " of the bundle", e);
        }
    }
}
