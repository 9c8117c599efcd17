package io.serai.deployer.internal.build;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A clause of a manifest header: {@code com.acme;com.acme.api;version="1.0";uses:="javax.sql"} (OSGi Core, 3.2.4 Common
 * Header Syntax).
 *
 * @param paths what it is about
 * @param attributes by name, without their types
 * @param types of the attributes that state one: {@code Version}, {@code List<String>}
 * @param directives by name
 */
record HeaderClause(
        List<String> paths, Map<String, String> attributes, Map<String, String> types, Map<String, String> directives) {
    HeaderClause {
        paths = List.copyOf(paths);
        attributes = Map.copyOf(attributes);
        types = Map.copyOf(types);
        directives = Map.copyOf(directives);
    }

    /**
     * Reads a header.
     *
     * @throws IllegalArgumentException if it breaks the syntax; the message says how
     */
    static List<HeaderClause> parse(String header) {
        List<HeaderClause> clauses = new ArrayList<>();
        for (String clause : split(header, ',')) {
            clauses.add(clause(clause));
        }
        return clauses;
    }

    private static HeaderClause clause(String text) {
        List<String> paths = new ArrayList<>();
        Map<String, String> attributes = new LinkedHashMap<>();
        Map<String, String> types = new LinkedHashMap<>();
        Map<String, String> directives = new LinkedHashMap<>();
        for (String part : split(text, ';')) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                if (part.isEmpty()) {
                    throw new IllegalArgumentException("'" + text + "' has an empty part");
                }
                paths.add(part);
                continue;
            }
            boolean directive = equals > 0 && part.charAt(equals - 1) == ':';
            String key = part.substring(0, directive ? equals - 1 : equals).strip();
            int colon = key.indexOf(':');
            String name = colon < 0 ? key : key.substring(0, colon).strip();
            if (colon >= 0) {
                types.put(name, key.substring(colon + 1).strip());
            }
            String value = unquote(part.substring(equals + 1).strip());
            if ((directive ? directives : attributes).put(name, value) != null) {
                throw new IllegalArgumentException("'" + text + "' has " + name + " twice");
            }
        }
        return new HeaderClause(paths, attributes, types, directives);
    }

    private static String unquote(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }

    /** Splits at a separator, except within quotes. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("'" + text + "' has a quote that is not closed");
        }
        parts.add(text.substring(start).strip());
        return parts;
    }
}
