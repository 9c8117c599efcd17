package io.serai.state.internal;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** Reads all that a repository has, as any other Git program would, and checks it as {@code git fsck} does. */
final class RepositoryCheck {
    private final Repository repository;
    private final ObjectChecker checker = new ObjectChecker();
    private final ObjectInserter.Formatter formatter = new ObjectInserter.Formatter();

    private RepositoryCheck(Repository repository) {
        this.repository = repository;
    }

    /** Returns the number of commits; fails if anything is missing or not what its name says. */
    static int commits(Path directory) throws IOException {
        try (Repository repository = new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .build()) {
            return new RepositoryCheck(repository).walk();
        }
    }

    private int walk() throws IOException {
        int commits = 0;
        try (ObjectWalk walk = new ObjectWalk(repository)) {
            Ref main = repository.exactRef("refs/heads/main");
            walk.markStart(walk.parseCommit(main.getObjectId()));
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                check(commit);
                commits++;
            }
            for (RevObject object = walk.nextObject(); object != null; object = walk.nextObject()) {
                check(object);
            }
        }
        return commits;
    }

    private void check(AnyObjectId id) throws IOException {
        ObjectLoader loader = repository.open(id);
        byte[] bytes = loader.getBytes();
        checker.check(id, loader.getType(), bytes);
        if (!formatter.idFor(loader.getType(), bytes).equals(id)) {
            throw new CorruptObjectException(id.toObjectId(), "has other bytes than its name says");
        }
    }
}
