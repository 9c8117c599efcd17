package io.serai.shell.internal;

import io.serai.api.runtime.ClusterServiceRegistry;
import io.serai.api.runtime.ClusterServices;
import io.serai.api.runtime.ClusterServices.ServiceOnNode;
import io.serai.api.runtime.ClusterServices.SharedService;
import io.serai.api.runtime.ServiceStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --nodes} shows of services.
 *
 * @param found what nodes have answered
 */
record ServicesOfNodes(ClusterServices found) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String ALL = "all";

    /** Asks all nodes, and waits. */
    static ServicesOfNodes ask(@Nullable ClusterServiceRegistry cluster) throws CommandException {
        if (cluster == null) {
            throw SeraiCommand.failure(
                    "This node belongs to no cluster yet, which its log explains; leave out --nodes");
        }
        return new ServicesOfNodes(cluster.services(PATIENCE).join());
    }

    /** Returns the service of a name, or fails with the nearest name. */
    SharedService find(String name) throws CommandException {
        return found.find(name).orElseThrow(() -> new KnownNames(
                        "service",
                        found.services().stream().map(SharedService::name).toList())
                .unknown(name));
    }

    /** Returns what to say of nodes that have not answered. */
    Optional<String> silence() {
        return found.silent().isEmpty()
                ? Optional.empty()
                : Optional.of("No answer from " + String.join(", ", found.silent()) + "; see cluster:status");
    }

    ShellTable table() {
        ShellTable table = new ShellTable().emptyTableText("No service is deployed; drop one into the deploy folder");
        table.column("NAME");
        table.column("REST");
        calls(table);
        table.column("P95").alignRight();
        table.column("NODES");
        for (SharedService service : found.services()) {
            List<Object> row = new ArrayList<>(List.of(service.name(), rest(service)));
            row.addAll(calls(service.total()));
            row.add(time(service.total(), service.total().p95()));
            row.add(nodes(service));
            table.addRow().addContent(row);
        }
        return table;
    }

    /** Returns a table with a line for each node that has a service, and one for all together. */
    static ShellTable table(SharedService service) {
        ShellTable table = new ShellTable();
        table.column("NODE");
        calls(table);
        for (String time : List.of("MEAN", "P50", "P95", "P99", "MAX")) {
            table.column(time).alignRight();
        }
        table.column("OWNER");
        service.nodes().forEach(node -> table.addRow().addContent(row(node.node(), node.statistics(), node.owner())));
        table.addRow().addContent(row("(" + ALL + ")", service.total(), ""));
        return table;
    }

    Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put(
                "services",
                found.services().stream().map(ServicesOfNodes::document).toList());
        json.put("answered", found.nodes());
        json.put("silent", found.silent());
        return json;
    }

    /** Returns the JSON of one service. */
    Map<String, @Nullable Object> documentOf(SharedService service) {
        Map<String, @Nullable Object> json = document(service);
        json.put("answered", found.nodes());
        json.put("silent", found.silent());
        return json;
    }

    private static Map<String, @Nullable Object> document(SharedService service) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", service.name());
        json.put("statistics", JsonOutput.statistics(service.total()));
        json.put(
                "nodes", service.nodes().stream().map(ServicesOfNodes::document).toList());
        return json;
    }

    private static Map<String, @Nullable Object> document(ServiceOnNode service) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("node", service.node());
        json.put("rest", service.rest());
        json.put("owner", service.owner());
        json.put("statistics", JsonOutput.statistics(service.statistics()));
        return json;
    }

    private static void calls(ShellTable table) {
        table.column("CALLS").alignRight();
        table.column("ERRORS").alignRight();
    }

    private static List<Object> calls(ServiceStatistics statistics) {
        return List.of(statistics.calls(), statistics.errors());
    }

    private static List<Object> row(String node, ServiceStatistics statistics, String owner) {
        List<Object> row = new ArrayList<>(List.of(node));
        row.addAll(calls(statistics));
        List.of(statistics.mean(), statistics.p50(), statistics.p95(), statistics.p99(), statistics.max())
                .forEach(time -> row.add(time(statistics, time)));
        row.add(owner);
        return row;
    }

    private static String time(ServiceStatistics statistics, Duration time) {
        return statistics.calls() == 0 ? "-" : Wording.duration(time);
    }

    private static String rest(SharedService service) {
        return service.nodes().stream()
                .flatMap(node -> node.rest().stream())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** Returns who has a service; a node that has not answered may have it or not. */
    private String nodes(SharedService service) {
        List<String> names = service.nodes().stream().map(ServiceOnNode::node).toList();
        return found.silent().isEmpty() && names.equals(found.nodes()) ? ALL : String.join(", ", names);
    }
}
