package io.serai.cli.internal.command;

import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.rest.ApiRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells of changes as they happen, one line each, until the person ends it. */
final class HistoryTail {
    private static final int PAUSE_SECONDS = 2;

    private final Session session;
    private final Source source;
    private final Set<String> shown = new HashSet<>();

    /** Where changes are read. */
    interface Source {
        /** Returns the cells of the newest changes, the newest first; the first cell tells them apart. */
        List<List<String>> newest() throws CommandException;
    }

    HistoryTail(Session session, Source source) {
        this.session = session;
        this.source = source;
    }

    void run() throws CommandException {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                follow();
                // the node has gone, or the network: what is shown next tells whether somebody answers
                new CountDownLatch(1).await(PAUSE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Shows what is new whenever the server tells of a commit, until it ends its answer. */
    private void follow() throws CommandException {
        ApiRequest watch = ApiRequest.of("GET", "revision").flag("watch", true).header("Accept", "text/event-stream");
        try (BufferedReader events =
                new BufferedReader(new InputStreamReader(session.client().stream(watch), StandardCharsets.UTF_8))) {
            for (String line = events.readLine(); line != null; line = events.readLine()) {
                if (line.startsWith("event: ")) {
                    show();
                }
            }
        } catch (IOException e) {
            session.console().err().println("Note: the connection was interrupted, and is made again.");
        }
    }

    private void show() throws CommandException {
        List<List<String>> newest = source.newest();
        for (int i = newest.size() - 1; i >= 0; i--) {
            if (shown.add(newest.get(i).get(0))) {
                session.console().line(String.join("  ", newest.get(i)));
            }
        }
        session.console().out().flush();
    }
}
