package io.serai.security.internal.role;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What somebody may do with which objects.
 *
 * @param kinds the kinds; {@value #ANY} for all, those with {@value #NOT} before them left out
 * @param verbs the verbs; {@value #ANY} for all
 * @param names patterns of names; empty for all
 */
public record Permission(Set<String> kinds, Set<String> verbs, Set<String> names) {
    /** Stands for all. */
    public static final String ANY = "*";

    /** Stands before what is left out. */
    public static final String NOT = "!";

    /** Copies the sets. */
    public Permission {
        kinds = Set.copyOf(kinds);
        verbs = Set.copyOf(verbs);
        names = Set.copyOf(names);
    }

    boolean permits(String verb, String kind, String name) {
        return hasVerb(verb) && hasKind(kind) && hasName(name);
    }

    boolean hasVerb(String verb) {
        return verbs.contains(verb) || verbs.contains(ANY);
    }

    boolean hasKind(String kind) {
        return (kinds.contains(kind) || kinds.contains(ANY)) && !kinds.contains(NOT + kind);
    }

    private boolean hasName(String name) {
        return names.isEmpty()
                || name.isEmpty()
                || names.stream().anyMatch(pattern -> new Wildcard(pattern).matches(name));
    }

    /** Returns whether it is for every name that a pattern matches. */
    boolean hasNames(String pattern) {
        return names.isEmpty() || names.stream().anyMatch(own -> new Wildcard(own).contains(pattern));
    }

    /** Returns it as the spec of a role has it. */
    Map<String, Object> spec() {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("kinds", list(kinds));
        spec.put("verbs", list(verbs));
        if (!names.isEmpty()) {
            spec.put("names", list(names));
        }
        return spec;
    }

    /** Returns what all of them permit, for the spec of a role. */
    static List<Map<String, Object>> specs(Collection<Permission> permissions) {
        return permissions.stream().map(Permission::spec).collect(Collectors.toList());
    }

    private static List<String> list(Set<String> values) {
        return new ArrayList<>(new TreeSet<>(values));
    }
}
