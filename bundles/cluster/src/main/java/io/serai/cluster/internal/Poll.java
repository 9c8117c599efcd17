package io.serai.cluster.internal;

import io.serai.api.cluster.Member;
import io.serai.api.state.StateException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** One question to all nodes in reach, this one included. */
final class Poll {
    private final UUID self;
    private final Questions questions;
    private final Executor workers;
    private final Supplier<Optional<Session>> session;

    Poll(UUID self, Questions questions, Executor workers, Supplier<Optional<Session>> session) {
        this.self = self;
        this.questions = questions;
        this.workers = workers;
        this.session = session;
    }

    Map<String, CompletableFuture<byte[]>> ask(
            List<Member> members, String question, byte[] argument, Duration timeout) {
        Map<String, CompletableFuture<byte[]>> coming = new HashMap<>();
        for (Member member : members) {
            if (member.id().equals(self)) {
                coming.put(member.name(), CompletableFuture.supplyAsync(() -> here(question, argument), workers));
            } else {
                session.get()
                        .flatMap(open -> open.ask(member.id(), question, argument, timeout))
                        .ifPresent(answer -> coming.put(member.name(), answer));
            }
        }
        return coming;
    }

    private byte[] here(String question, byte[] argument) {
        try {
            return questions.answer(question, argument);
        } catch (StateException e) {
            throw new CompletionException(e);
        }
    }
}
