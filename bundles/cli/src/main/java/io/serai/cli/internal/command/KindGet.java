package io.serai.cli.internal.command;

import io.serai.cli.internal.catalog.KindModel;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one object of a kind. */
@Command(
        name = "get",
        description = "Shows one object.",
        footer = {"", "Example: serai rest-channel get orders -o yaml"})
public final class KindGet implements Callable<Integer> {
    private final Session session;
    private final KindModel kind;

    @Parameters(paramLabel = "NAME", description = "which object")
    private String name = "";

    @Mixin
    private ReadOptions options = new ReadOptions();

    /** Shows objects of a kind. */
    public KindGet(Session session, KindModel kind) {
        this.session = session;
        this.kind = kind;
    }

    @Override
    public Integer call() throws Exception {
        new ObjectReader(session, kind, options).show(name);
        return 0;
    }

    /** Shows all objects of a kind. */
    @Command(
            name = "list",
            description = "Shows all objects.",
            footer = {"", "Example: serai service list --filter name~orders -o wide"})
    public static final class All implements Callable<Integer> {
        private final Session session;
        private final KindModel kind;

        @Mixin
        private ReadOptions options = new ReadOptions();

        /** Shows objects of a kind. */
        public All(Session session, KindModel kind) {
            this.session = session;
            this.kind = kind;
        }

        @Override
        public Integer call() throws Exception {
            new ObjectReader(session, kind, options).show("");
            return 0;
        }
    }
}
