package io.serai.http.internal.traffic;

import io.serai.api.cluster.ClusterNode;
import io.serai.api.cluster.ClusterService;
import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.text.NearNames;
import io.serai.http.internal.traffic.Traffic.Order;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tells one node something about its traffic, from any node, and answers how that node is then. */
abstract class TrafficAction implements ObjectAction {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final ClusterService cluster;
    private final Order order;
    private final String description;

    TrafficAction(ClusterService cluster, Order order, String description) {
        this.cluster = cluster;
        this.order = order;
        this.description = description;
    }

    @Override
    public final String kind() {
        return "node";
    }

    @Override
    public final String name() {
        return order.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public final boolean ofObject() {
        return true;
    }

    @Override
    public final String schema() {
        return "{\"type\": \"object\", \"description\": \"" + description
                + "\", \"additionalProperties\": false, \"properties\": {}}";
    }

    @Override
    public final Map<String, Object> run(Call call) throws ObjectException {
        String name = call.object().orElseThrow().name();
        List<String> names =
                cluster.nodes().stream().map(node -> node.member().name()).toList();
        if (!names.contains(name)) {
            throw new ObjectException(
                    Reason.NOT_FOUND,
                    "There is no node/" + name
                            + NearNames.nearest(name, names)
                                    .map(near -> "; did you mean " + near + "?")
                                    .orElse("; list them to see which there are"),
                    null);
        }
        long begin = System.nanoTime();
        CompletableFuture<byte[]> answer = cluster.ask(Traffic.QUESTION, Traffic.question(order, name), TIMEOUT)
                .get(name);
        if (answer == null) {
            throw unreachable(name, ClusterNode.Status.UNREACHABLE.name(), null);
        }
        try {
            Map<String, Object> said = new LinkedHashMap<>(Map.of("node", name));
            said.putAll(Traffic.read(answer.get(TIMEOUT.toMillis() + 1_000, TimeUnit.MILLISECONDS)));
            said.put("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(name, "interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw unreachable(name, String.valueOf(e.getMessage()), e);
        }
    }

    private static ObjectException unreachable(String name, String why, @Nullable Exception cause) {
        return new ObjectException(
                Reason.IO, "Node " + name + " does not answer: " + why + "; see whether it runs, and try again", cause);
    }
}
