package io.serai.deployer.internal.resolved;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URI of an artifact as features name it: {@code wrap:mvn:acme/orders/1.0$Bundle-SymbolicName=acme.orders}.
 *
 * @param before what says how to turn the bytes into a bundle; may be empty
 * @param source where the bytes are
 * @param after instructions, or a start level; may be empty
 */
record ArtifactUri(String before, String source, String after) {
    /** The protocols that Karaf's feature service looks through, DownloadManagerHelper of Karaf 4.4. */
    private static final Pattern WRAPPED =
            Pattern.compile("((?:(?:jar|war|war-i|warref|webbundle|wrap|spring|blueprint):)+)([^$?#]*)(.*)");

    private static final Pattern PLAIN = Pattern.compile("()(.*?)(;start-level=.*)?");

    /** {@code mvn:[repository!]group/artifact/version[/type[/classifier]]}, as Pax URL has it. */
    private static final Pattern MAVEN =
            Pattern.compile("mvn:(?:.*!)?([^/]+)/([^/]+)/([\\w.+-]+)(?:/([^/]*))?(?:/([^/]+))?");

    /** Versions that say where to look for one. */
    private static final Set<String> MOVING = Set.of("LATEST", "RELEASE");

    private static final Pattern FETCHED = Pattern.compile("(?i)(mvn|file|https?):.*");
    private static final Pattern ODD = Pattern.compile("[^A-Za-z0-9._-]");
    private static final int NAME_LENGTH = 100;

    static ArtifactUri of(String uri) {
        Matcher wrapped = WRAPPED.matcher(uri);
        if (wrapped.matches()) {
            return new ArtifactUri(wrapped.group(1), wrapped.group(2), wrapped.group(3));
        }
        Matcher plain = PLAIN.matcher(uri);
        boolean matches = plain.matches();
        String after = matches ? plain.group(3) : null;
        return new ArtifactUri("", matches ? plain.group(2) : uri, after == null ? "" : after);
    }

    /** Returns this URI with the bytes elsewhere. */
    String at(String other) {
        return before + other + after;
    }

    /** Returns whether the bytes are where this node can fetch them. */
    boolean isFetched() {
        return FETCHED.matcher(source).matches();
    }

    /** Returns whether it is a Maven artifact whose version has to be looked up: a range, or the latest one. */
    boolean isMoving() {
        return source.startsWith("mvn:") && mavenPath().isEmpty();
    }

    /** Returns where a Maven repository has the bytes; empty if this is no Maven artifact of a certain version. */
    Optional<String> mavenPath() {
        Matcher maven = MAVEN.matcher(source);
        if (!maven.matches() || MOVING.contains(maven.group(3))) {
            return Optional.empty();
        }
        String artifact = maven.group(2);
        String version = maven.group(3);
        String type = maven.group(4) == null || maven.group(4).isEmpty() ? "jar" : maven.group(4);
        String classifier = maven.group(5) == null ? "" : "-" + maven.group(5);
        String path = maven.group(1).replace('.', '/') + "/" + artifact + "/" + version + "/" + artifact + "-" + version
                + classifier + "." + type;
        return path.contains("..") ? Optional.empty() : Optional.of(path);
    }

    /** Returns a file name that says what it is; a {@code SNAPSHOT} stays one, which Karaf looks for. */
    String fileName() {
        String path = mavenPath().orElseGet(() -> source.replaceAll("[?#].*", ""));
        String name = ODD.matcher(path.substring(path.lastIndexOf('/') + 1)).replaceAll("_");
        String last = name.length() > NAME_LENGTH ? name.substring(name.length() - NAME_LENGTH) : name;
        return last.isEmpty() || last.startsWith(".") ? "artifact" + last : last;
    }
}
