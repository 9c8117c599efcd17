package io.serai.state.internal;

import io.serai.api.state.Author;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/** Writes an author as Git has it, {@code name <face@node>}, and reads it back. */
final class CommitAuthors {
    private static final Pattern MAIL = Pattern.compile("([a-z-]{1,32})@.*");
    private static final String UNKNOWN = "unknown";
    private static final String OTHER_FACE = "git";

    private static final Author APPENDER = new Author("serai", "append");

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

    /** Returns who commits in place of a node what that node has proposed. */
    static PersonIdent appender(String node, Instant when) {
        return toGit(APPENDER, node, when);
    }

    /** Returns whether a commit stands for another one, its second parent, that was proposed. */
    static boolean standsForProposal(RevCommit commit) {
        return commit.getParentCount() == 2
                && fromGit(commit.getCommitterIdent()).equals(APPENDER);
    }
}
