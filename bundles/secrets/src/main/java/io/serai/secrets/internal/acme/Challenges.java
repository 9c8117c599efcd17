package io.serai.secrets.internal.acme;

import io.serai.api.cluster.ClusterService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells all nodes what to answer an authority, which may reach any of them. */
@Component(service = Challenges.class)
public final class Challenges {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ClusterService cluster;

    /** Tells the nodes of a cluster. */
    @Activate
    public Challenges(@Reference ClusterService cluster) {
        this.cluster = cluster;
    }

    /**
     * Tells them, and returns when they know; one that does not answer is not waited for for long.
     *
     * @param answer the token, a dot, and the fingerprint of the account (RFC 8555, section 8.1)
     */
    void publish(String answer) throws InterruptedException {
        Future<?> told = CompletableFuture.allOf(
                cluster.ask(ChallengeAnswers.QUESTION, answer.getBytes(StandardCharsets.US_ASCII), PATIENCE)
                        .values()
                        .toArray(CompletableFuture<?>[]::new));
        try {
            told.get();
        } catch (ExecutionException e) {
            // the authority asks one of the others, or says that it had no answer
        }
    }
}
