package io.serai.state.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.serai.api.state.CommitId;
import io.serai.api.state.Revision;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.Rule;
import org.junit.Test;

/** Commits that another Git program has made, and pushed. */
public class PushTest {
    @Rule
    public final RepositoryFixture fixture = new RepositoryFixture();

    private CommitId head() {
        return fixture.repository().head().commit();
    }

    private CommitId commit(Map<String, FileMode> files, CommitId... parents) throws IOException {
        try (ObjectInserter inserter = fixture.repository().git().newObjectInserter()) {
            DirCache index = DirCache.newInCore();
            DirCacheBuilder builder = index.builder();
            for (Map.Entry<String, FileMode> file : files.entrySet()) {
                DirCacheEntry entry = new DirCacheEntry(file.getKey());
                entry.setFileMode(file.getValue());
                entry.setObjectId(
                        inserter.insert(Constants.OBJ_BLOB, file.getKey().getBytes(StandardCharsets.UTF_8)));
                builder.add(entry);
            }
            builder.finish();
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(inserter));
            for (CommitId parent : parents) {
                commit.addParentId(ObjectId.fromString(parent.value()));
            }
            commit.setAuthor(new PersonIdent("Eve", "eve@example.com", RepositoryFixture.NOW, ZoneOffset.UTC));
            commit.setCommitter(commit.getAuthor());
            commit.setMessage("Put " + files.keySet());
            CommitId id = new CommitId(inserter.insert(commit).name());
            inserter.flush();
            return id;
        }
    }

    private void assertRefused(CommitId tip, Reason reason, String message) {
        CommitId before = head();
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> fixture.repository().advance(tip))
                .withMessageContaining(message)
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason));
        assertThat(head()).isEqualTo(before);
    }

    @Test
    public void keepsTheHistoryAsItWasPushed() throws Exception {
        fixture.put("deploy/a", "1");
        FileMode executable = FileMode.EXECUTABLE_FILE;
        CommitId one = commit(Map.of("deploy/b", executable), head());
        CommitId two = commit(Map.of("deploy/b", executable, "deploy/c", FileMode.REGULAR_FILE), one);

        assertThat(fixture.repository().advance(two)).isEqualTo(two);
        assertThat(fixture.repository().advance(one)).as("what is there").isEqualTo(two);

        assertThat(fixture.files()).isEqualTo(Map.of("deploy/b", "deploy/b", "deploy/c", "deploy/c"));
        List<Revision> log = fixture.repository().log(Optional.empty(), 2);
        assertThat(log).extracting(Revision::commit).containsExactly(two, one);
        fixture.put("deploy/a", "2");
        fixture.close();
        assertThat(RepositoryCheck.commits(fixture.directory())).isEqualTo(5);
        fixture.open();
    }

    @Test
    public void takesAMergeThatContainsTheHead() throws Exception {
        CommitId base = head();
        CommitId aside = commit(Map.of("deploy/b", FileMode.REGULAR_FILE), base);
        fixture.put("deploy/a", "1");
        assertRefused(aside, Reason.CONFLICT, "fetch the state");

        CommitId merge =
                commit(Map.of("deploy/a", FileMode.REGULAR_FILE, "deploy/b", FileMode.REGULAR_FILE), aside, head());

        assertThat(fixture.repository().advance(merge)).isEqualTo(merge);
        assertThat(fixture.files()).hasSize(2);
    }

    @Test
    public void refusesWhatCannotBePartOfTheState() throws Exception {
        CommitId link = commit(Map.of("deploy/a", FileMode.SYMLINK), head());
        assertRefused(link, Reason.INVALID, "deploy/a: it is a link");
        assertRefused(commit(Map.of(), link), Reason.INVALID, "deploy/a: it is a link");
        assertRefused(commit(Map.of("else/where", FileMode.REGULAR_FILE), head()), Reason.INVALID, "no place for it");
        assertRefused(
                commit(Map.of("deploy/a", FileMode.REGULAR_FILE, "deploy/A", FileMode.REGULAR_FILE), head()),
                Reason.INVALID,
                "differ only in case");
        assertRefused(
                commit(Map.of("deploy/a\u0001", FileMode.REGULAR_FILE), head()), Reason.INVALID, "control character");
        assertRefused(new CommitId("1".repeat(40)), Reason.NOT_FOUND, "1111");
    }
}
