package io.serai.cli.internal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/** Entry point of the parts of {@code serai} that need Java; the script checks the arguments. */
public final class Main {
    private static final int FAILED = 1;

    private Main() {}

    /**
     * Makes keys ({@code keys ETC USER}), or opens the shell ({@code shell ETC PORT [COMMAND]}). Exits with the exit
     * code of the command.
     */
    public static void main(String[] arguments) {
        // The exit ends threads of the terminal that wait for a key stroke.
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        NodeKeys keys = new NodeKeys(Path.of(arguments.get(1)));
        try {
            if (arguments.get(0).equals("keys")) {
                keys.create(arguments.get(2));
                return 0;
            }
            try (NodeShell shell = new NodeShell(keys, Integer.parseInt(arguments.get(2)))) {
                return arguments.size() > 3 ? shell.run(arguments.get(3), out, err) : shell.open();
            }
        } catch (IOException | GeneralSecurityException e) {
            err.println("Error: " + arguments.get(0) + " failed. " + e.getMessage() + ".");
            return FAILED;
        }
    }
}
