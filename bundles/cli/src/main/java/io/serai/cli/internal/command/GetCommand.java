package io.serai.cli.internal.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows objects of a kind that is named. */
@Command(
        name = "get",
        description = "Shows one object, or all of a kind.",
        footer = {
            "",
            "Example: serai get rest-channel -o wide",
            "         serai get rest-channel orders -o jsonpath={.spec.path}"
        })
final class GetCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "KIND", description = "such as rest-channel, artifact, service, node, user")
    private String kind = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "which object; all if absent")
    private String name = "";

    @Mixin
    private ReadOptions options = new ReadOptions();

    GetCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        int slash = kind.indexOf('/');
        String only = slash < 0 ? name : kind.substring(slash + 1);
        String wanted = slash < 0 ? kind : kind.substring(0, slash);
        new ObjectReader(session, session.catalog().get(wanted), options).show(only);
        return 0;
    }
}
