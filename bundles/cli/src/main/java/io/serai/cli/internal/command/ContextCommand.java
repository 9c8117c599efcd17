package io.serai.cli.internal.command;

import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.output.Table;
import io.serai.cli.internal.profile.Profile;
import io.serai.cli.internal.profile.Profiles;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The profiles of a person. */
@Command(
        name = "context",
        description = "Shows the profiles that logins have made, and chooses among them.",
        footer = {"", "Example: serai context use production"})
final class ContextCommand implements Callable<Integer> {
    private final Session session;

    ContextCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws CommandException {
        return list();
    }

    @Command(
            name = "list",
            description = "Shows all profiles; a star marks the current one.",
            footer = {"", "Example: serai context list"})
    int list() throws CommandException {
        Profiles profiles = session.targets().profiles();
        Table table = new Table(List.of("Current", "Profile", "URL", "User", "Until"));
        for (Map.Entry<String, Profile> each : new TreeMap<>(profiles.all()).entrySet()) {
            Profile profile = each.getValue();
            String mark = each.getKey().equals(profiles.current()) ? "*" : "";
            table.add(List.of(mark, each.getKey(), profile.url().toString(), profile.user(), profile.expires()));
        }
        table.lines().forEach(session.console()::line);
        return 0;
    }

    @Command(
            name = "use",
            description = "Makes a profile the current one.",
            footer = {"", "Example: serai context use production"})
    int use(@Parameters(paramLabel = "PROFILE", description = "which profile") String name) throws CommandException {
        Profiles profiles = session.targets().profiles();
        profiles.use(session.targets().name(name, profiles));
        profiles.save();
        session.console().line("Profile " + name + " is the current one");
        return 0;
    }

    @Command(
            name = "show",
            description = "Shows which cluster commands are for now.",
            footer = {"", "Example: serai context show"})
    int show() throws CommandException {
        Profiles profiles = session.targets().profiles();
        String name = session.targets().name(session.profile(), profiles);
        session.console()
                .line(session.targets()
                        .find(session.profile())
                        .map(target -> target.url() + (name.isEmpty() ? "" : " (profile " + name + ")"))
                        .orElse("none"));
        return 0;
    }

    @Command(
            name = "remove",
            description = "Forgets a profile. Its session goes on until it ends: log out first.",
            footer = {"", "Example: serai context remove production"})
    int remove(@Parameters(paramLabel = "PROFILE", description = "which profile") String name) throws CommandException {
        Profiles profiles = session.targets().profiles();
        profiles.remove(session.targets().name(name, profiles));
        profiles.save();
        session.console().line("Profile " + name + " is forgotten");
        return 0;
    }
}
