package io.serai.cli.internal.profile;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A node of this machine that runs.
 *
 * @param url of its administration
 * @param authority the certificate of the cluster's authority, as PEM
 */
record LocalNode(URI url, String authority) {
    private static final int MOST_NODES = 99;
    private static final int ADMIN_OFFSET = 360;

    /** Finds one in the home that the launcher keeps nodes in. */
    static Optional<LocalNode> find(Path home) {
        for (int number = 1; number <= MOST_NODES; number++) {
            Optional<LocalNode> node = read(home, number);
            if (node.isPresent()) {
                return node;
            }
        }
        return Optional.empty();
    }

    private static Optional<LocalNode> read(Path home, int number) {
        Path folder = home.resolve("node" + number);
        if (!Files.exists(folder.resolve("run/pid"))) {
            return Optional.empty();
        }
        try {
            // the launcher writes the pid, when the process began, the base port, and since when it runs
            String[] process =
                    Files.readString(folder.resolve("run/pid")).strip().split("\\s+", -1);
            boolean runs = ProcessHandle.of(Long.parseLong(process[0]))
                    .map(ProcessHandle::isAlive)
                    .orElse(false);
            if (process.length < 3 || !runs) {
                return Optional.empty();
            }
            Path chosen = home.resolve("host");
            String host = Files.exists(chosen) ? Files.readString(chosen).strip() : "127.0.0.1";
            int port = Integer.parseInt(process[2]) + ADMIN_OFFSET + number;
            return Optional.of(new LocalNode(
                    URI.create("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port),
                    Files.readString(folder.resolve("identity/authority.crt"))));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // it is half made, or somebody else's
        }
    }
}
