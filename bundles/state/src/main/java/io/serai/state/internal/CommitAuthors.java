package io.serai.state.internal;

import io.serai.api.state.Author;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.PersonIdent;

/** Writes an author as Git has it, {@code name <face@node>}, and reads it back. */
final class CommitAuthors {
    private static final Pattern MAIL = Pattern.compile("([a-z-]{1,32})@.*");
    private static final String UNKNOWN = "unknown";
    private static final String OTHER_FACE = "git";

    private CommitAuthors() {}

    static PersonIdent toGit(Author author, String node, Instant when) {
        return new PersonIdent(author.name(), author.face() + "@" + node, when, ZoneOffset.UTC);
    }

    /** Returns the author of a commit, which another program may have written. */
    static Author fromGit(PersonIdent person) {
        Matcher mail = MAIL.matcher(person.getEmailAddress());
        String name = person.getName().replaceAll("[<>\\r\\n\\x00]", " ");
        return new Author(name.isBlank() ? UNKNOWN : name, mail.matches() ? mail.group(1) : OTHER_FACE);
    }
}
