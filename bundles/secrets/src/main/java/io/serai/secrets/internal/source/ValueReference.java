package io.serai.secrets.internal.source;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Where a value is that the state does not have. */
public sealed interface ValueReference {

    /** Returns where, for people. */
    String description();

    /**
     * A file.
     *
     * @param path relative to the first folder that is permitted, or absolute
     */
    record InFile(String path) implements ValueReference {
        @Override
        public String description() {
            return "file " + path;
        }
    }

    /**
     * An environment variable.
     *
     * @param name its name
     */
    record InEnvironment(String name) implements ValueReference {
        @Override
        public String description() {
            return "environment variable " + name;
        }
    }

    /**
     * A field of a secret of Vault.
     *
     * @param address of the server
     * @param namespace if there are any
     * @param place the path of the secret in the API, with the mount
     * @param field which field
     * @param version of the KV engine
     * @param login how to log in
     */
    record InVault(URI address, Optional<String> namespace, String place, String field, int version, Login login)
            implements ValueReference {
        @Override
        public String description() {
            return "field " + field + " of " + place + " at " + address;
        }
    }

    /** Files with what Vault wants to see. */
    sealed interface Login {
        /** A token. */
        record Token(String file) implements Login {}

        /** An AppRole. */
        record AppRole(String roleIdFile, String secretIdFile) implements Login {}
    }

    /**
     * Reads what a spec says, which fits the schema.
     *
     * @throws IllegalArgumentException saying what no schema can say
     */
    static ValueReference of(Map<?, ?> from) {
        if (from.get("file") instanceof String file) {
            return new InFile(file);
        }
        if (from.get("environment") instanceof String name) {
            return new InEnvironment(name);
        }
        if (from.get("vault") instanceof Map<?, ?> vault) {
            return vault(vault);
        }
        throw new IllegalArgumentException("names no place; give file, environment or vault");
    }

    private static ValueReference vault(Map<?, ?> vault) {
        int version = vault.get("version") instanceof Number number ? number.intValue() : 2;
        String mount = text(vault, "mount").orElse("secret");
        String place =
                mount + (version == 2 ? "/data/" : "/") + text(vault, "path").orElseThrow();
        if (place.contains("..")) {
            throw new IllegalArgumentException("has .. in its path; write the path without");
        }
        return new InVault(
                URI.create(text(vault, "address").orElseThrow().replaceFirst("/+$", "")),
                text(vault, "namespace"),
                place,
                text(vault, "field").orElse("value"),
                version,
                login(text(vault, "tokenFile"), text(vault, "roleIdFile"), text(vault, "secretIdFile")));
    }

    private static Login login(Optional<String> token, Optional<String> role, Optional<String> secret) {
        if (token.isPresent() && role.isEmpty() && secret.isEmpty()) {
            return new Login.Token(token.get());
        }
        if (token.isEmpty() && role.isPresent() && secret.isPresent()) {
            return new Login.AppRole(role.get(), secret.get());
        }
        throw new IllegalArgumentException(
                "does not say how to log in; give tokenFile, or roleIdFile and secretIdFile");
    }

    private static Optional<String> text(Map<?, ?> map, String key) {
        return map.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
