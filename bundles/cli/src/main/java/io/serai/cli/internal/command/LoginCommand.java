package io.serai.cli.internal.command;

import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.ExitCode;
import io.serai.cli.internal.output.JsonTree;
import io.serai.cli.internal.profile.Profile;
import io.serai.cli.internal.profile.Profiles;
import io.serai.cli.internal.profile.Targets;
import io.serai.cli.internal.rest.ApiClient;
import io.serai.cli.internal.rest.ApiRequest;
import io.serai.cli.internal.rest.Target;
import io.serai.cli.internal.rest.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Opens a session, and keeps it in a profile. */
@Command(
        name = "login",
        description =
                "Logs in at a cluster, and keeps the session in a profile for later commands. Without a URL, at the node of"
                        + " this machine.",
        footer = {
            "",
            "Example: serai login https://localhost:8441 --user ann",
            "         serai login https://10.0.0.2:8441 --ca authority.crt --profile production --password-stdin < secret"
        })
final class LoginCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "URL", description = "the administration of any node: https://HOST:8441")
    private String url = "";

    @Option(
            names = {"-u", "--user"},
            paramLabel = "USER",
            description = "who logs in; asked for if absent")
    private String user = "";

    @Option(names = "--password-stdin", description = "take the password from the standard input instead of asking")
    private boolean passwordFromInput;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "the certificate of the cluster's authority, as PEM (SERAI_CA)")
    private Optional<Path> authority = Optional.empty();

    @Option(
            names = "--fingerprint",
            paramLabel = "SHA256",
            description = "the SHA-256 of that certificate, in place of a file or a question")
    private String fingerprint = "";

    LoginCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws CommandException, IOException {
        Targets targets = session.targets();
        URI where = url.isEmpty()
                ? targets.local()
                        .orElseThrow(() -> CommandException.of(
                                ExitCode.USAGE,
                                "Which cluster? No node of this machine runs",
                                "serai login https://HOST:8441"))
                : Targets.url(url);
        String trusted = trusted(where);
        Map<String, Object> opened = open(new Target(where, "", trusted));
        Profiles profiles = targets.profiles();
        String name = session.profile().isEmpty() ? Profiles.USUAL : session.profile();
        String who = JsonTree.textAt(opened, "user");
        profiles.put(
                name,
                new Profile(where, who, JsonTree.textAt(opened, "token"), JsonTree.textAt(opened, "expires"), trusted));
        profiles.use(name);
        profiles.save();
        session.console()
                .line("Logged in at " + where + " as " + who + " (" + JsonTree.textAt(opened, "roles") + "), profile "
                        + name + ", until " + JsonTree.textAt(opened, "expires"));
        return 0;
    }

    private String trusted(URI where) throws CommandException {
        if (authority.isPresent()) {
            return Targets.pem(authority.get());
        }
        String known = session.targets().authority(where);
        return known.isEmpty() || !fingerprint.isEmpty() ? judged(where) : known;
    }

    /** Trusts what Java trusts; else what a person says is right, or whose fingerprint is as given (trust on first use). */
    private String judged(URI where) throws CommandException {
        if (fingerprint.isEmpty() && isTrusted(where)) {
            return "";
        }
        X509Certificate shown = Trust.shown(where);
        String print = Trust.fingerprint(shown);
        if (!fingerprint.isEmpty()) {
            if (!Trust.has(shown, fingerprint)) {
                throw CommandException.of(
                        ExitCode.UNREACHABLE,
                        where + " has an authority with another fingerprint: " + print,
                        "openssl x509 -noout -fingerprint -sha256 -in identity/authority.crt, on a node");
            }
            return Trust.pem(shown);
        }
        session.console()
                .err()
                .println("The authority of " + where + " is not known. The SHA-256 of its certificate is\n  " + print);
        Optional<String> answer = session.console().ask("Is that the one of the cluster? [yes/no]");
        if (answer.filter(text -> text.strip().equalsIgnoreCase("yes")).isEmpty()) {
            throw CommandException.of(
                    ExitCode.UNREACHABLE,
                    where + " was not trusted",
                    "serai login " + where + " --ca FILE, with identity/authority.crt of a node");
        }
        return Trust.pem(shown);
    }

    private boolean isTrusted(URI where) throws CommandException {
        try {
            new ApiClient(new Target(where, "", ""), session.patience()).send(ApiRequest.of("GET", "login"));
            return true;
        } catch (CommandException e) {
            if (e.code() == ExitCode.UNREACHABLE) {
                return false;
            }
            return true; // it was reached, and wants a login
        }
    }

    private Map<String, Object> open(Target target) throws CommandException, IOException {
        String name = user.isEmpty()
                ? session.console()
                        .ask("User:")
                        .filter(text -> !text.isBlank())
                        .orElseThrow(
                                () -> CommandException.of(ExitCode.USAGE, "Who logs in?", "serai login --user ann"))
                : user;
        char[] password = session.console().secret("password", passwordFromInput);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("user", name);
        body.put("password", new String(password));
        Arrays.fill(password, '\0');
        return new ApiClient(target, session.patience())
                .send(ApiRequest.of("POST", "login").body("application/json", JsonTree.write(body)))
                .json();
    }
}
