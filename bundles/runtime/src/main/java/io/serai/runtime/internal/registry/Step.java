package io.serai.runtime.internal.registry;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.runtime.ServiceDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One step from what serves to what is to serve, worked out before it is taken. Who claims a name first has it, until
 * somebody claims it whose origin supersedes; the others wait. Not thread-safe.
 */
final class Step {
    private final Map<String, List<ServiceInstance>> claims;
    private final Map<String, ServiceInstance> serving;
    private final Map<String, List<ServiceInstance>> claimsAfter = new LinkedHashMap<>();
    private final Map<String, @Nullable ServiceInstance> servingAfter = new LinkedHashMap<>();

    /**
     * Begins a step.
     *
     * @param claims all who want a name, in the order they came
     * @param serving who has it
     */
    Step(Map<String, List<ServiceInstance>> claims, Map<String, ServiceInstance> serving) {
        this.claims = claims;
        this.serving = serving;
    }

    void remove(ServiceInstance instance) {
        List<ServiceInstance> remaining = new ArrayList<>(claimsOf(instance.name()));
        remaining.remove(instance);
        change(instance.name(), remaining);
    }

    void add(ServiceInstance instance) {
        List<ServiceInstance> all = new ArrayList<>(claimsOf(instance.name()));
        all.remove(instance);
        all.add(instance);
        change(instance.name(), all);
    }

    /** Takes up the names that are claimed, but were refused to all who claim them. */
    void addUnserved() {
        if (claims.size() > serving.size()) {
            claims.forEach((name, claimants) -> {
                if (!serving.containsKey(name) && !claimsAfter.containsKey(name)) {
                    change(name, claimants);
                }
            });
        }
    }

    /** Leaves all names with those who have them, if they still want them. */
    void keepServing() {
        claimsAfter.forEach((name, claimants) -> {
            ServiceInstance now = serving.get(name);
            servingAfter.put(name, now != null && claimants.contains(now) ? now : null);
        });
    }

    /**
     * Refuses the step if an instance would not serve.
     *
     * @throws DeploymentException {@code CONFLICT}
     */
    void refuseIfTaken(ServiceInstance instance) throws DeploymentException {
        ServiceInstance holder = servingAfter.get(instance.name());
        if (holder == null || holder == instance) {
            return;
        }
        ServiceOrigin newcomer = instance.origin();
        ServiceOrigin incumbent = holder.origin();
        String subject = "Service " + instance.name() + " of " + newcomer.owner() + " cannot serve: ";
        String why = incumbent.sameBundle(newcomer) && incumbent.version().compareTo(newcomer.version()) > 0
                ? "version " + incumbent.version() + " of the same bundle, " + incumbent.owner()
                        + ", serves and is newer than version " + newcomer.version() + "; remove that one to go back"
                : incumbent.owner() + " has a service of that name; rename one of them, or remove " + incumbent.owner();
        throw new DeploymentException(Reason.CONFLICT, subject + why, null);
    }

    /** Returns who gets a name that somebody else, or nobody, has had. */
    List<ServiceDescriptor> came() {
        List<ServiceDescriptor> came = new ArrayList<>(servingAfter.size());
        servingAfter.forEach((name, after) -> {
            if (after != null && after != serving.get(name)) {
                came.add(after.descriptor());
            }
        });
        return came;
    }

    /** Returns who loses a name. */
    List<ServiceDescriptor> went() {
        List<ServiceDescriptor> went = new ArrayList<>();
        servingAfter.forEach((name, after) -> {
            ServiceInstance before = serving.get(name);
            if (before != null && before != after) {
                went.add(before.descriptor());
            }
        });
        return went;
    }

    /** Takes the step. */
    void apply() {
        servingAfter.forEach((name, after) -> {
            if (after == null) {
                serving.remove(name);
            } else {
                serving.put(name, after);
            }
        });
        claimsAfter.forEach((name, claimants) -> {
            if (claimants.isEmpty()) {
                claims.remove(name);
            } else {
                claims.put(name, List.copyOf(claimants));
            }
        });
    }

    private List<ServiceInstance> claimsOf(String name) {
        List<ServiceInstance> changed = claimsAfter.get(name);
        return changed == null ? claims.getOrDefault(name, List.of()) : changed;
    }

    private void change(String name, List<ServiceInstance> claimants) {
        claimsAfter.put(name, claimants);
        servingAfter.put(name, choose(serving.get(name), claimants));
    }

    private static @Nullable ServiceInstance choose(@Nullable ServiceInstance now, List<ServiceInstance> claimants) {
        if (claimants.isEmpty()) {
            return null;
        }
        ServiceInstance chosen = now != null && claimants.contains(now) ? now : claimants.get(0);
        for (ServiceInstance other : claimants) {
            if (other.origin().supersedes(Objects.requireNonNull(chosen).origin())) {
                chosen = other;
            }
        }
        return chosen;
    }
}
