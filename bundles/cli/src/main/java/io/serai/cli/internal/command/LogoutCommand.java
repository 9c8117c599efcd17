package io.serai.cli.internal.command;

import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.ExitCode;
import io.serai.cli.internal.profile.Profile;
import io.serai.cli.internal.profile.Profiles;
import io.serai.cli.internal.rest.ApiClient;
import io.serai.cli.internal.rest.ApiRequest;
import io.serai.cli.internal.rest.Target;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Ends the session of a profile. */
@Command(
        name = "logout",
        description = "Ends the session of a profile on all nodes, and forgets it.",
        footer = {"", "Example: serai logout"})
final class LogoutCommand implements Callable<Integer> {
    private final Session session;

    LogoutCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws CommandException {
        Profiles profiles = session.targets().profiles();
        String name = session.targets().name(session.profile(), profiles);
        Profile profile = profiles.find(name)
                .filter(found -> !found.token().isEmpty())
                .orElseThrow(
                        () -> CommandException.of(ExitCode.UNAUTHORISED, "You are logged in nowhere", "serai login"));
        profiles.put(name, profile.loggedOut());
        profiles.save();
        try {
            new ApiClient(new Target(profile.url(), profile.token(), profile.authority()), session.patience())
                    .send(ApiRequest.of("DELETE", "login"));
        } catch (CommandException e) {
            if (e.code() != ExitCode.UNAUTHORISED) { // it has ended already
                throw e;
            }
        }
        session.console().line("Logged out at " + profile.url() + ", profile " + name);
        return 0;
    }
}
