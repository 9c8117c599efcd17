package io.serai.cluster.internal;

import io.serai.api.cluster.ClusterQuestion;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the bundles of this node answer. Thread-safe. */
final class Questions {
    private final Map<String, ClusterQuestion> byName = new ConcurrentHashMap<>();

    void add(String name, ClusterQuestion question) {
        byName.put(name, question);
    }

    void remove(String name, ClusterQuestion question) {
        byName.remove(name, question);
    }

    /** Answers a question. */
    byte[] answer(String name, byte[] argument) throws StateException {
        ClusterQuestion question = byName.get(name);
        if (question == null) {
            throw new StateException(Reason.NOT_FOUND, "This node does not know the question '" + name + "'", null);
        }
        return question.answer(argument);
    }
}
