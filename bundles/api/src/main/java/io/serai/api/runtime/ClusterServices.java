package io.serai.api.runtime;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The services of several nodes, at one moment.
 *
 * @param services by name
 * @param nodes the names of those that have answered, sorted
 * @param silent the names of members that have not, sorted: they are not in reach, or took too long
 */
public record ClusterServices(List<SharedService> services, List<String> nodes, List<String> silent) {
    /** Copies the lists. */
    public ClusterServices {
        services = List.copyOf(services);
        nodes = List.copyOf(nodes);
        silent = List.copyOf(silent);
    }

    /** Returns the service of that name. */
    public Optional<SharedService> find(String name) {
        return services.stream().filter(service -> service.name().equals(name)).findFirst();
    }

    /**
     * A service of one name.
     *
     * @param name its name
     * @param nodes those that have it, by name; at least one
     * @param total how it has fared on all of them, as if it had been one: quantiles are of all calls
     */
    public record SharedService(String name, List<ServiceOnNode> nodes, ServiceStatistics total) {
        /** Copies the list. */
        public SharedService {
            Objects.requireNonNull(name, "name");
            nodes = List.copyOf(nodes);
            Objects.requireNonNull(total, "total");
        }
    }

    /**
     * A service as one node has it.
     *
     * @param node the name of the node
     * @param rest its REST channels there, as {@link ServiceDescriptor#rest}
     * @param owner what it came with there, as {@link ServiceDescriptor#owner}
     * @param statistics how it has fared there
     */
    public record ServiceOnNode(String node, List<String> rest, String owner, ServiceStatistics statistics) {
        /** Copies the list. */
        public ServiceOnNode {
            Objects.requireNonNull(node, "node");
            rest = List.copyOf(rest);
            Objects.requireNonNull(owner, "owner");
            Objects.requireNonNull(statistics, "statistics");
        }
    }
}
