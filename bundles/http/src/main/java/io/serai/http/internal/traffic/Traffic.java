package io.serai.http.internal.traffic;

import io.serai.api.cluster.ClusterQuestion;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this node shall take traffic, as other nodes may tell it. A drained node says that it is not ready, so that load balancers
 * send it nothing more, and goes on answering what comes all the same. It takes traffic again when it is told so, or starts anew.
 * Thread-safe.
 */
@Component(
        service = {Traffic.class, ClusterQuestion.class},
        property = ClusterQuestion.NAME + "=" + Traffic.QUESTION)
public final class Traffic implements ClusterQuestion {
    static final String QUESTION = "io.serai.http.traffic";

    private static final Logger LOG = LoggerFactory.getLogger(Traffic.class);
    private static final String READY = "ready";
    private static final String DRAINED = "drained";
    private static final char SEPARATOR = '=';

    private final String node;
    private volatile boolean drained;
    private volatile Supplier<Map<String, Boolean>> checks = Map::of;

    /** What a node can be told. */
    enum Order {
        /** To say how it is, and go on. */
        PROBE,
        /** To take no more traffic. */
        DRAIN,
        /** To take traffic again. */
        UNDRAIN
    }

    /** Begins with taking traffic. */
    @Activate
    public Traffic(BundleContext context) {
        this(Objects.requireNonNullElse(context.getProperty("serai.node"), "node1"));
    }

    /** Begins with taking traffic, on a node of this name. */
    public Traffic(String node) {
        this.node = node;
    }

    /** Returns what tells one node something; all nodes are asked. */
    static byte[] question(Order order, String node) {
        return (order + " " + node).getBytes(StandardCharsets.UTF_8);
    }

    /** Returns whether load balancers shall send this node nothing. */
    public boolean drained() {
        return drained;
    }

    /** Learns what makes the node ready: checks by name. */
    public void report(Supplier<Map<String, Boolean>> readiness) {
        this.checks = readiness;
    }

    @Override
    public byte[] answer(byte[] argument) {
        String[] asked = new String(argument, StandardCharsets.UTF_8).split(" ", 2);
        if (!asked[asked.length - 1].equals(node)) {
            return new byte[0]; // it is about another node
        }
        Order order = Order.valueOf(asked[0]);
        if (order != Order.PROBE) {
            boolean before = drained;
            drained = order == Order.DRAIN;
            if (before != drained) {
                LOG.info(drained ? "Node was drained: it is not ready any more" : "Node takes traffic again");
            }
        }
        Map<String, Boolean> now = new LinkedHashMap<>(checks.get());
        now.put(READY, !now.isEmpty() && !now.containsValue(false));
        now.put(DRAINED, drained);
        return now.entrySet().stream()
                .map(check -> check.getKey() + SEPARATOR + check.getValue())
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads an answer: whether the node is ready, whether it is drained, and each of the checks, by name. */
    static Map<String, Boolean> read(byte[] answer) {
        Map<String, Boolean> read = new LinkedHashMap<>();
        new String(answer, StandardCharsets.US_ASCII).lines().forEach(line -> {
            int cut = line.indexOf(SEPARATOR);
            read.put(line.substring(0, Math.max(cut, 0)), Boolean.valueOf(line.substring(cut + 1)));
        });
        return read;
    }
}
