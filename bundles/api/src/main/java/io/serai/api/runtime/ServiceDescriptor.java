package io.serai.api.runtime;

import io.serai.api.service.Workload;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A registered service.
 *
 * @param name its name, unique on the node
 * @param description one sentence for people; may be empty
 * @param rest its REST channels, each {@code <METHOD> <path template>}
 * @param workload which bulkhead it runs in
 * @param timeout how long a call may take when the caller sets no deadline
 * @param input the type it takes
 * @param output the type it answers
 * @param owner the artifact it came with, or {@code bundle:<symbolic name>} for a bundle that no artifact brought
 * @param bundleId the bundle it is from
 * @param className the class that implements it
 */
public record ServiceDescriptor(
        String name,
        String description,
        List<String> rest,
        Workload workload,
        Duration timeout,
        Type input,
        Type output,
        String owner,
        long bundleId,
        String className) {
    public ServiceDescriptor {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        rest = List.copyOf(rest);
        Objects.requireNonNull(workload, "workload");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(className, "className");
    }
}
