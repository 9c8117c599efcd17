package io.serai.cli.internal.command;

import io.serai.cli.internal.catalog.KindModel;
import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.output.JsonTree;
import io.serai.cli.internal.output.ObjectPrinter;
import io.serai.cli.internal.rest.ApiAnswer;
import io.serai.cli.internal.rest.ApiRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Shows objects again whenever one of them changes, until the person ends it. Kinds that nobody writes are not in the state,
 * whose changes the server tells; they are looked at again and again.
 */
final class Watch {
    private static final int PAUSE_SECONDS = 2;

    private final Session session;
    private final KindModel kind;
    private final ApiRequest list;
    private final ObjectPrinter printer;
    private byte[] shown = {};

    Watch(Session session, KindModel kind, ApiRequest list, ObjectPrinter printer) {
        this.session = session;
        this.kind = kind;
        this.list = list;
        this.printer = printer;
    }

    void run() throws CommandException {
        String version = show();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (kind.writable()) {
                    awaitChange(version);
                } else {
                    new CountDownLatch(1).await(PAUSE_SECONDS, TimeUnit.SECONDS);
                }
                version = show();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Shows the objects if they are not as they were shown before; returns the version they were read at. */
    private String show() throws CommandException {
        ApiAnswer page = session.client().send(list);
        byte[] items = JsonTree.write(JsonTree.list(page.json().get("items")));
        if (!Arrays.equals(items, shown)) {
            shown = items;
            printer.page(page);
            session.console().out().flush();
        }
        return JsonTree.textAt(page.json(), "version");
    }

    /** Waits until the server tells of a change, or ends its answer. */
    private void awaitChange(String version) throws CommandException {
        ApiRequest watch = ApiRequest.of("GET", kind.name())
                .flag("watch", true)
                .query("since", version)
                .header("Accept", "text/event-stream");
        try (BufferedReader events =
                new BufferedReader(new InputStreamReader(session.client().stream(watch), StandardCharsets.UTF_8))) {
            for (String line = events.readLine(); line != null; line = events.readLine()) {
                if (line.equals("event: put") || line.equals("event: delete") || line.equals("event: reset")) {
                    return;
                }
            }
        } catch (IOException e) {
            // the node has gone, or the network: the next list tells whether somebody answers
            session.console().err().println("Note: the watch was interrupted, and goes on.");
        }
    }
}
