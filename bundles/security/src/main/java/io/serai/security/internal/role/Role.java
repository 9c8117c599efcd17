package io.serai.security.internal.role;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What those may do who have it.
 *
 * @param description for people; may be empty
 * @param permissions what they may
 * @param groups whoever is in one of them has it
 */
public record Role(String description, List<Permission> permissions, Set<String> groups) {
    /** Copies the collections. */
    public Role {
        permissions = List.copyOf(permissions);
        groups = Set.copyOf(groups);
    }

    /** Returns whether one of the permissions permits something; of any name if that is empty. */
    public boolean permits(String verb, String kind, String name) {
        return permissions.stream().anyMatch(permission -> permission.permits(verb, kind, name));
    }

    /** Returns it as a spec. */
    public Map<String, Object> spec() {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("description", description);
        spec.put("permissions", Permission.specs(permissions));
        return spec;
    }
}
