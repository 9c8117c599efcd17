package io.serai.runtime.internal.cluster;

import io.serai.api.cluster.ClusterService;
import io.serai.api.runtime.ClusterServiceRegistry;
import io.serai.api.runtime.ClusterServices;
import io.serai.api.runtime.ClusterServices.ServiceOnNode;
import io.serai.api.runtime.ClusterServices.SharedService;
import io.serai.runtime.internal.statistics.CallTally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the nodes for their services each time, and puts together what they answer. */
@Component(service = ClusterServiceRegistry.class)
public final class PolledServices implements ClusterServiceRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(PolledServices.class);

    private final ClusterService cluster;

    /** Asks over a cluster. */
    @Activate
    public PolledServices(@Reference ClusterService cluster) {
        this.cluster = cluster;
    }

    private record Told(String node, ServicesAnswer.Item service, CallTally calls) {
        ServiceOnNode onNode() {
            return new ServiceOnNode(node, service.rest(), service.owner(), calls.statistics());
        }
    }

    @Override
    public CompletableFuture<ClusterServices> services(Duration timeout) {
        SortedMap<String, CompletableFuture<List<Told>>> coming = new TreeMap<>();
        cluster.ask(ServicesQuestion.QUESTION, new byte[0], timeout)
                .forEach((node, answer) -> coming.put(node, answer.thenApply(bytes -> read(node, bytes))));
        List<String> members =
                cluster.nodes().stream().map(node -> node.member().name()).toList();
        return CompletableFuture.allOf(coming.values().toArray(CompletableFuture[]::new))
                .handle((done, failure) -> together(members, coming));
    }

    private static List<Told> read(String node, byte[] answer) {
        return ServicesAnswer.read(answer).services().stream()
                .map(service -> new Told(node, service, service.calls().tally()))
                .toList();
    }

    /** Puts answers together, all of which have come or failed. */
    private static ClusterServices together(
            List<String> members, SortedMap<String, CompletableFuture<List<Told>>> answers) {
        SortedMap<String, List<Told>> byName = new TreeMap<>();
        List<String> nodes = new ArrayList<>();
        answers.forEach((node, answer) -> answer.handle((services, failure) -> {
                    if (failure == null) {
                        nodes.add(node);
                        services.forEach(
                                told -> byName.computeIfAbsent(told.service().name(), name -> new ArrayList<>())
                                        .add(told));
                    } else {
                        LOG.debug("Got no services of a node: node={}", node, failure);
                    }
                    return nodes;
                })
                .join());
        List<String> silent = members.stream()
                .filter(member -> !nodes.contains(member))
                .sorted()
                .toList();
        return new ClusterServices(
                byName.entrySet().stream().map(PolledServices::shared).toList(), nodes, silent);
    }

    private static SharedService shared(Map.Entry<String, List<Told>> service) {
        List<Told> nodes = service.getValue();
        CallTally total = CallTally.sum(nodes.stream().map(Told::calls).toList());
        return new SharedService(
                service.getKey(), nodes.stream().map(Told::onNode).toList(), total.statistics());
    }
}
