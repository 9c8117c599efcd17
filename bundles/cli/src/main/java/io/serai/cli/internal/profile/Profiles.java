package io.serai.cli.internal.profile;

import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.ExitCode;
import io.serai.cli.internal.output.JsonTree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The profiles of a person: a file that nobody else may read, because it has what proves who one is. */
public final class Profiles {
    /** The profile that is made without a name. */
    public static final String USUAL = "default";

    private static final long VERSION = 1;

    private final Path file;
    private final Map<String, Profile> profiles = new TreeMap<>();
    private String current = "";

    private Profiles(Path file) {
        this.file = file;
    }

    /** Reads the file; there are no profiles if there is none. */
    public static Profiles read(Path file) throws CommandException {
        Profiles profiles = new Profiles(file);
        try {
            Map<String, Object> json = JsonTree.object(Files.readAllBytes(file));
            if (!Long.valueOf(VERSION).equals(json.get("version"))) {
                throw new IOException("it is of a version that this program does not know");
            }
            profiles.current = JsonTree.textAt(json, "current");
            JsonTree.map(json.get("profiles"))
                    .forEach((name, value) -> profiles.profiles.put(name, profile(JsonTree.map(value))));
        } catch (NoSuchFileException e) {
            return profiles;
        } catch (IOException | IllegalArgumentException e) {
            throw CommandException.of(
                    ExitCode.FAILED,
                    file + " cannot be read, because " + e.getMessage(),
                    "remove it, and log in again");
        }
        return profiles;
    }

    private static Profile profile(Map<String, Object> json) {
        return new Profile(
                URI.create(JsonTree.textAt(json, "url")),
                JsonTree.textAt(json, "user"),
                JsonTree.textAt(json, "token"),
                JsonTree.textAt(json, "expires"),
                JsonTree.textAt(json, "authority"));
    }

    /** Returns all, by name. */
    public Map<String, Profile> all() {
        return Map.copyOf(profiles);
    }

    /** Returns the name of the one that counts where none is named; empty if there is none. */
    public String current() {
        return profiles.containsKey(current) ? current : "";
    }

    /** Returns one of them. */
    public Optional<Profile> find(String name) {
        return Optional.ofNullable(profiles.get(name));
    }

    /** Keeps a profile. */
    public void put(String name, Profile profile) {
        profiles.put(name, profile);
    }

    /** Forgets a profile. */
    public void remove(String name) {
        profiles.remove(name);
    }

    /** Lets a profile count where none is named. */
    public void use(String name) {
        current = name;
    }

    /** Writes the file in one step, for its owner only. */
    public void save() throws CommandException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", VERSION);
        json.put("current", current());
        Map<String, Object> all = new TreeMap<>();
        profiles.forEach((name, profile) -> all.put(name, json(profile)));
        json.put("profiles", all);
        try {
            Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
            Path fresh = Files.createTempFile(
                    folder,
                    ".config",
                    ".tmp",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(fresh, JsonTree.write(json));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw CommandException.of(ExitCode.FAILED, file + " cannot be written, because of " + e);
        }
    }

    private static Map<String, Object> json(Profile profile) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("url", profile.url().toString());
        json.put("user", profile.user());
        json.put("token", profile.token());
        json.put("expires", profile.expires());
        json.put("authority", profile.authority());
        return json;
    }
}
