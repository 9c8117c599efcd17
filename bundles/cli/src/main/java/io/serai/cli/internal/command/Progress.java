package io.serai.cli.internal.command;

import io.serai.cli.internal.console.Console;

/** Tells on a terminal how much of a file is on its way, on one line that is gone afterwards; elsewhere nothing. */
final class Progress {
    private static final int WIDTH = 30;
    private static final int PERCENT = 100;

    private final Console console;
    private final String name;
    private final long length;
    private int shown = -1;

    Progress(Console console, String name, long length) {
        this.console = console;
        this.name = Console.harmless(name);
        this.length = length;
    }

    void sent(long bytes) {
        int percent = length == 0 ? PERCENT : (int) (bytes * PERCENT / length);
        if (console.isTerminal() && percent != shown) {
            shown = percent;
            int done = percent * WIDTH / PERCENT;
            String words = percent == PERCENT ? " waiting for nodes" : "";
            console.err()
                    .printf("\r%s [%s%s] %3d %%%s", name, "#".repeat(done), " ".repeat(WIDTH - done), percent, words);
        }
    }

    void end() {
        if (shown >= 0) {
            console.err().print("\r" + " ".repeat(name.length() + WIDTH + 30) + "\r");
        }
    }
}
