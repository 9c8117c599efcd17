package io.serai.itests.node;

import java.nio.file.Path;
import java.util.List;

/**
 * Where nodes are.
 *
 * @param home the folder they live in
 * @param ports their ports
 * @param host where this test reaches their services
 * @param prefix what the launcher is run by, such as a command that enters a network; may be empty
 * @param options more options of the launcher
 */
public record Site(Path home, PortBlock ports, String host, List<String> prefix, List<String> options) {
    /** Copies the lists. */
    public Site {
        prefix = List.copyOf(prefix);
        options = List.copyOf(options);
    }

    /** Returns a home on this machine, on free ports. */
    public static Site of(Path home) {
        return new Site(home, PortBlock.claim(), "127.0.0.1", List.of(), List.of());
    }

    /** Returns a new temporary home on this machine, on free ports. */
    public static Site make() {
        return of(Scratch.folder("home"));
    }

    /** Returns the same home with nodes that a command runs. */
    public Site withPrefix(List<String> other) {
        return new Site(home, ports, host, other, options);
    }

    /** Returns another home with the same ports. */
    public Site withHome(Path other) {
        return new Site(other, ports, host, prefix, options);
    }
}
