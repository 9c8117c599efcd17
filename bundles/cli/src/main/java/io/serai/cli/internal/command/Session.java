package io.serai.cli.internal.command;

import io.serai.cli.internal.catalog.Catalog;
import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.Console;
import io.serai.cli.internal.console.ExitCode;
import io.serai.cli.internal.profile.Targets;
import io.serai.cli.internal.rest.ApiClient;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What commands work with: where they print, and the cluster they are for, which is looked for when it is needed. */
public final class Session {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(ms|s|m)");

    private final Console console;
    private final Targets targets;
    private Optional<ApiClient> client = Optional.empty();
    private Optional<Catalog> catalog = Optional.empty();
    private String profile = "";
    private String timeout = "60s";

    /** Makes one. */
    public Session(Console console, Targets targets) {
        this.console = console;
        this.targets = targets;
    }

    /** Returns where to print. */
    public Console console() {
        return console;
    }

    /** Returns what tells the cluster. */
    public Targets targets() {
        return targets;
    }

    /** Returns the profile that was named; empty if none was. */
    public String profile() {
        return profile;
    }

    /** Names a profile. */
    public void useProfile(String name) {
        profile = name;
    }

    /** Says how long to wait, such as {@code 30s}. */
    public void limit(String duration) {
        timeout = duration;
    }

    /** Returns how long to wait, as the API reads it. */
    public String timeout() throws CommandException {
        patience();
        return timeout;
    }

    /** Returns how long to wait. */
    public Duration patience() throws CommandException {
        Matcher text = DURATION.matcher(timeout);
        if (!text.matches()) {
            throw CommandException.of(ExitCode.USAGE, "'" + timeout + "' is no duration", "--timeout 500ms, 30s or 2m");
        }
        long number = Long.parseLong(text.group(1));
        return switch (text.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }

    /** Lets requests fail that are not answered at once. */
    public void hurry(Duration budget) throws CommandException {
        client = Optional.of(ApiClient.hasty(targets.get(profile), budget));
    }

    /** Returns what sends requests to the cluster. */
    public ApiClient client() throws CommandException {
        if (client.isEmpty()) {
            client = Optional.of(new ApiClient(targets.get(profile), patience()));
        }
        return client.get();
    }

    /** Returns the kinds of the cluster. */
    public Catalog catalog() throws CommandException {
        if (catalog.isEmpty()) {
            catalog = Optional.of(Catalog.of(client()));
        }
        return catalog.get();
    }
}
