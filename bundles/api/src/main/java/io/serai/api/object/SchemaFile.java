package io.serai.api.object;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Schemas that are files in a bundle. */
public final class SchemaFile {
    private SchemaFile() {}

    /**
     * Returns the text of {@code /schema/<kind>.json}.
     *
     * @param owner a class of the bundle that has it
     * @throws IllegalArgumentException if it has none
     */
    public static String read(Class<?> owner, String kind) {
        String name = "/schema/" + kind + ".json";
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("The bundle of " + owner.getName() + " has no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name + " of the bundle of " + owner.getName(), e);
        }
    }
}
