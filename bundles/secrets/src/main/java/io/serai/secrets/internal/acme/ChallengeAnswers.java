package io.serai.secrets.internal.acme;

import io.serai.api.cluster.ClusterQuestion;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** What this node answers an authority that looks whether a host name is ours; other nodes tell it. Thread-safe. */
@Component(
        service = {ChallengeAnswers.class, ClusterQuestion.class},
        property = ClusterQuestion.NAME + "=" + ChallengeAnswers.QUESTION)
public final class ChallengeAnswers implements ClusterQuestion {
    static final String QUESTION = "io.serai.secrets.challenge";

    // of orders that are long over nobody asks
    private static final int MAX_ANSWERS = 1_000;

    private final Map<String, String> answers = new LinkedHashMap<>(); // guarded by itself

    /** Begins without any. */
    @Activate
    public ChallengeAnswers() {}

    /** Takes note of an answer. */
    @Override
    public byte[] answer(byte[] argument) {
        String answer = new String(argument, StandardCharsets.US_ASCII);
        synchronized (answers) {
            answers.put(answer.substring(0, answer.indexOf('.')), answer);
            if (answers.size() > MAX_ANSWERS) {
                answers.remove(answers.keySet().iterator().next());
            }
        }
        return new byte[0];
    }

    Optional<String> find(String token) {
        synchronized (answers) {
            return Optional.ofNullable(answers.get(token));
        }
    }
}
