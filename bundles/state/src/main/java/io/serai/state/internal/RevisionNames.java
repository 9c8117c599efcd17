package io.serai.state.internal;

import io.serai.api.state.CommitId;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Finds the commit that people mean by {@code HEAD}, {@code HEAD~3}, {@code HEAD^} or the first digits of an id. */
final class RevisionNames {
    private static final Pattern NAME = Pattern.compile("(HEAD|main|[0-9a-fA-F]{4,40})((?:\\^|~\\d{0,7})*)");
    private static final Pattern STEP = Pattern.compile("\\^|~(\\d*)");

    private final GitStore store;

    RevisionNames(GitStore store) {
        this.store = store;
    }

    CommitId resolve(String revision, CommitId head) throws StateException {
        Matcher name = NAME.matcher(revision.strip());
        if (!name.matches()) {
            throw notFound(revision, "give a commit id of at least 4 digits, HEAD, or HEAD~n");
        }
        try (ObjectReader reader = store.reader();
                RevWalk walk = new RevWalk(reader)) {
            boolean named = name.group(1).equals("HEAD") || name.group(1).equals("main");
            ObjectId start = named ? ObjectId.fromString(head.value()) : find(reader, revision, name.group(1));
            return new CommitId(walkBack(walk, walk.parseCommit(start), revision, steps(name.group(2)))
                    .name());
        } catch (IOException e) {
            throw DiskFailures.explain("find commit " + revision + " in the state repository", store.directory(), e);
        }
    }

    private static ObjectId find(ObjectReader reader, String revision, String digits)
            throws IOException, StateException {
        List<ObjectId> commits = new ArrayList<>();
        for (ObjectId id : reader.resolve(AbbreviatedObjectId.fromString(digits.toLowerCase(Locale.ROOT)))) {
            if (isCommit(reader, id)) {
                commits.add(id);
            }
        }
        if (commits.isEmpty()) {
            throw notFound(revision, "no commit begins with " + digits);
        }
        if (commits.size() > 1) {
            throw notFound(
                    revision,
                    "several commits begin with " + digits + ": "
                            + commits.stream().map(ObjectId::name).sorted().collect(Collectors.joining(", "))
                            + "; give more digits");
        }
        return commits.get(0);
    }

    private static boolean isCommit(ObjectReader reader, ObjectId id) throws IOException {
        try {
            return reader.open(id).getType() == Constants.OBJ_COMMIT;
        } catch (MissingObjectException e) {
            return false; // a full id resolves to itself, whether or not it exists
        }
    }

    private static int steps(String suffix) {
        int steps = 0;
        Matcher step = STEP.matcher(suffix);
        while (step.find()) {
            String count = step.group(1);
            steps += count == null || count.isEmpty() ? 1 : Integer.parseInt(count);
        }
        return steps;
    }

    private static RevCommit walkBack(RevWalk walk, RevCommit start, String revision, int steps)
            throws IOException, StateException {
        RevCommit commit = start;
        for (int step = 0; step < steps; step++) {
            if (commit.getParentCount() == 0) {
                throw notFound(revision, "the history has only " + step + " commits before " + start.name());
            }
            commit = walk.parseCommit(commit.getParent(0));
        }
        return commit;
    }

    private static StateException notFound(String revision, String why) {
        return new StateException(Reason.NOT_FOUND, "There is no commit '" + revision + "': " + why, null);
    }
}
