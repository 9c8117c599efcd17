package io.serai.cli.internal.kind;

import io.serai.cli.internal.catalog.ActionModel;
import io.serai.cli.internal.catalog.KindModel;
import io.serai.cli.internal.command.KindDelete;
import io.serai.cli.internal.command.KindGet;
import io.serai.cli.internal.command.Session;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Makes a noun of a kind: its verbs are what the API can do with objects of it. */
public final class KindCommands {
    private KindCommands() {}

    /** Returns the command of a kind. */
    public static CommandLine of(Session session, KindModel kind) {
        CommandSpec spec = CommandSpec.create().name(kind.name());
        CommandLine noun = new CommandLine(spec);
        spec.usageMessage()
                .description(kind.description().replace("%", "%%"))
                .footer("", "Example: serai " + kind.name() + " list");
        noun.addSubcommand(new KindGet.All(session, kind));
        noun.addSubcommand(new KindGet(session, kind));
        if (kind.writable()) {
            noun.addSubcommand("add", PutCommand.of(session, kind, true));
            noun.addSubcommand("set", PutCommand.of(session, kind, false));
            noun.addSubcommand(new KindDelete(session, kind));
        } else {
            noun.addSubcommand(new StatsCommand(session, kind));
        }
        if (kind.hasFile()) {
            noun.addSubcommand(new UploadCommand(session, kind));
            noun.addSubcommand(new DownloadCommand(session, kind));
        }
        for (ActionModel action : kind.actions()) {
            if (!noun.getSubcommands().containsKey(action.name())) {
                noun.addSubcommand(action.name(), ActionCommand.of(session, kind, action));
            }
        }
        return noun;
    }
}
