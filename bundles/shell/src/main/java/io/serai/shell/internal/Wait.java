package io.serai.shell.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** Which nodes a command that changes something waits for. */
enum Wait {
    /** All nodes in reach. */
    ALL,
    /** More than half of the nodes in reach, this one among them. */
    MAJORITY,
    /** No node: the change is durable here. */
    NONE;

    /** Reads what a person wrote. */
    static Wait of(String text) {
        for (Wait wait : values()) {
            if (wait.name().toLowerCase(Locale.ROOT).equals(text)) {
                return wait;
            }
        }
        String known = Arrays.stream(values())
                .map(wait -> wait.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        throw new IllegalArgumentException("--wait is '" + text + "', but must be one of " + known);
    }

    /** Waits until so many of the other nodes have answered, or failed to; this one has. */
    void await(Collection<? extends CompletableFuture<?>> others) throws InterruptedException {
        int nodes = others.size() + 1;
        int needed =
                switch (this) {
                    case ALL -> others.size();
                    case MAJORITY -> nodes / 2;
                    case NONE -> 0;
                };
        CountDownLatch missing = new CountDownLatch(needed);
        List<CompletableFuture<?>> watched = new ArrayList<>();
        others.forEach(answer -> watched.add(answer.whenComplete((value, failure) -> missing.countDown())));
        missing.await();
    }
}
