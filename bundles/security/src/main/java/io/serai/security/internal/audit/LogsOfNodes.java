package io.serai.security.internal.audit;

import io.serai.api.cluster.ClusterService;
import io.serai.api.text.NaturalOrder;
import io.serai.security.internal.audit.AuditWire.Answer;
import io.serai.security.internal.audit.AuditWire.Ask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks all nodes about their logs.
 *
 * @param cluster who they are
 */
record LogsOfNodes(ClusterService cluster) {
    private static final Logger LOG = LoggerFactory.getLogger(LogsOfNodes.class);

    /**
     * What nodes have said.
     *
     * @param byNode the answers by the name of the node
     * @param unreachable who has not answered
     */
    record Answers(Map<String, Answer> byNode, List<String> unreachable) {}

    /** Asks, and waits for all answers or until the time is over. */
    Answers ask(Ask ask, Duration patience) {
        Map<String, CompletableFuture<byte[]>> coming =
                cluster.ask(AuditQuestion.QUESTION, AuditWire.write(ask), patience);
        Map<String, Answer> answers = new TreeMap<>();
        coming.forEach((node, answer) -> {
            try {
                answers.put(node, AuditWire.answer(answer.join()));
            } catch (CompletionException | IllegalArgumentException e) {
                LOG.debug("A node did not say what its audit log has: node={}", node, e);
            }
        });
        List<String> unreachable = cluster.nodes().stream()
                .map(node -> node.member().name())
                .filter(node -> !answers.containsKey(node))
                .sorted(NaturalOrder.OF_NAMES)
                .toList();
        return new Answers(answers, unreachable);
    }
}
