package io.serai.cli.internal.profile;

import io.serai.api.text.NearNames;
import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.ExitCode;
import io.serai.cli.internal.rest.Target;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which cluster a command is for: a profile that is named, else the variables {@code SERAI_URL} and
 * {@code SERAI_TOKEN}, else the current profile, else a node of this machine.
 */
public final class Targets {
    private static final String HTTPS = "https";
    private static final int HTTPS_PORT = 443;

    private final Map<String, String> environment;
    private final Path home;

    /** Reads variables, and looks for nodes in a home. */
    public Targets(Map<String, String> environment, Path home) {
        this.environment = environment;
        this.home = home;
    }

    /** Returns the profiles of the person. */
    public Profiles profiles() throws CommandException {
        String folder = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path config = folder.isEmpty() ? userHome().resolve(".config") : Path.of(folder);
        return Profiles.read(config.resolve("serai").resolve("config.json"));
    }

    private Path userHome() {
        String user = environment.getOrDefault("HOME", "");
        return Path.of(user.isEmpty() ? System.getProperty("user.home") : user);
    }

    /** Returns the name of the profile that counts; empty if none does. */
    public String name(String named, Profiles profiles) throws CommandException {
        if (named.isEmpty()) {
            return profiles.current();
        }
        if (profiles.find(named).isEmpty()) {
            throw CommandException.of(
                    ExitCode.NOT_FOUND,
                    "There is no profile '" + named + "'"
                            + NearNames.nearest(named, profiles.all().keySet())
                                    .map(near -> ". Did you mean '" + near + "'?")
                                    .orElse(""),
                    "serai context list");
        }
        return named;
    }

    /** Returns the cluster that a command is for; empty if nothing tells. */
    public Optional<Target> find(String named) throws CommandException {
        String token = environment.getOrDefault("SERAI_TOKEN", "");
        String url = environment.getOrDefault("SERAI_URL", "");
        if (named.isEmpty() && !url.isEmpty()) {
            return Optional.of(new Target(url(url), token, authority(url(url))));
        }
        Profiles profiles = profiles();
        Optional<Profile> profile = profiles.find(name(named, profiles));
        if (profile.isPresent()) {
            Profile found = profile.get();
            boolean own = token.isEmpty() || !named.isEmpty();
            return Optional.of(new Target(found.url(), own ? found.token() : token, found.authority()));
        }
        return LocalNode.find(home).map(node -> new Target(node.url(), token, node.authority()));
    }

    /** Returns the cluster that a command is for, where somebody must be logged in. */
    public Target get(String named) throws CommandException {
        Target target = find(named)
                .orElseThrow(() -> CommandException.of(
                        ExitCode.UNAUTHORISED,
                        "You are logged in nowhere, and no node of " + home + " runs",
                        "serai login https://HOST:8441"));
        if (target.token().isEmpty()) {
            throw CommandException.of(
                    ExitCode.UNAUTHORISED, "You are not logged in at " + target.url(), "serai login " + target.url());
        }
        return target;
    }

    /** Returns the URL of a node of this machine; empty if none runs. */
    public Optional<URI> local() {
        return LocalNode.find(home).map(LocalNode::url);
    }

    /** Returns the certificate that a server of no profile must be signed by, if anything tells; empty otherwise. */
    public String authority(URI url) throws CommandException {
        String file = environment.getOrDefault("SERAI_CA", "");
        if (!file.isEmpty()) {
            return pem(Path.of(file));
        }
        Optional<LocalNode> node = LocalNode.find(home).filter(found -> isThisMachine(url, found));
        if (node.isPresent()) {
            return node.get().authority();
        }
        return profiles().all().values().stream()
                .filter(profile -> profile.url().equals(url))
                .map(Profile::authority)
                .findFirst()
                .orElse("");
    }

    private static boolean isThisMachine(URI url, LocalNode node) {
        String host = url.getHost();
        return host.equals("localhost")
                || host.equals("127.0.0.1")
                || host.equals(node.url().getHost());
    }

    /** Reads the file of a certificate. */
    public static String pem(Path file) throws CommandException {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw CommandException.of(
                    ExitCode.USAGE, "The certificate of the authority cannot be read, because of " + e);
        }
    }

    /** Reads the URL of a cluster; whatever is behind its port does not count. */
    public static URI url(String text) throws CommandException {
        String whole = text.contains("://") ? text : HTTPS + "://" + text;
        try {
            URI url = new URI(whole);
            if (HTTPS.equals(url.getScheme()) && url.getHost() != null && url.getUserInfo() == null) {
                int port = url.getPort() < 0 ? HTTPS_PORT : url.getPort();
                return new URI(HTTPS, null, url.getHost(), port, null, null, null);
            }
        } catch (URISyntaxException e) {
            throw notAUrl(text);
        }
        throw notAUrl(text);
    }

    private static CommandException notAUrl(String text) {
        return CommandException.of(
                ExitCode.USAGE, "'" + text + "' cannot be the URL of a cluster", "serai login https://HOST:8441");
    }
}
