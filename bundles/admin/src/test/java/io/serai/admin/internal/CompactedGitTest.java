package io.serai.admin.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.admin.internal.GitClient.Result;
import io.serai.admin.internal.git.TestState;
import io.serai.api.state.CommitId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What Git clients make of a state of which the contents of old versions are gone. */
public class CompactedGitTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final TestAdmin admin = new TestAdmin();

    private TestState state;
    private GitClient git;
    private String url;

    @Before
    public void begin() throws Exception {
        GitFixture fixture = new GitFixture(admin, folder);
        state = fixture.state();
        git = fixture.git();
        url = fixture.url("alice");
    }

    @Test
    public void cloneEndsWhereContentsWereDroppedAndIsAnOrdinaryOneOtherwise() throws Exception {
        drop(commit("1"));
        drop(commit("2"));
        commit("3");
        commit("4");

        git.must("", "clone", "--quiet", url, "work");

        assertThat(git.must("work", "show", "HEAD:a.txt")).isEqualTo("4");
        assertThat(git.must("work", "log", "--format=%s")).isEqualTo("4\n3");
        git.must("work", "fsck", "--full");
        commit("5");
        git.must("work", "pull", "--quiet");
        git.commit("work", "deploy/b.txt", "b");
        git.must("work", "push", "--quiet", "origin", "main");
        assertThat(state.head()).isEqualTo(git.must("work", "rev-parse", "HEAD"));
        assertThat(git.must("work", "log", "--format=%s")).isEqualTo("Change deploy/b.txt\n5\n4\n3");
    }

    @Test
    public void cloneFromBeforeGoesOn() throws Exception {
        ObjectId first = commit("1");
        git.must("", "clone", "--quiet", url, "work");
        commit("2");
        drop(first);

        git.must("work", "pull", "--quiet");
        git.commit("work", "deploy/b.txt", "b");
        git.must("work", "push", "--quiet", "origin", "main");

        assertThat(git.must("work", "log", "--format=%s")).isEqualTo("Change deploy/b.txt\n2\n1\nBegin");
    }

    @Test
    public void cloneThatMissedWhatWasDroppedIsToldSoAndGoesOnIfItAgrees() throws Exception {
        commit("1");
        git.must("", "clone", "--quiet", url, "work");
        drop(commit("2"));
        commit("3");

        Result refused = git.run("work", "fetch");
        git.must("work", "fetch", "--quiet", "--update-shallow");

        assertThat(refused.output()).contains("shallow");
        assertThat(git.must("work", "show", "origin/main:a.txt")).isEqualTo("3");
    }

    /** Commits a file; returns its content. */
    private ObjectId commit(String text) throws Exception {
        Repository repository = state.repository();
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId blob = inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
            TreeFormatter tree = new TreeFormatter();
            tree.append("a.txt", FileMode.REGULAR_FILE, blob);
            CommitBuilder commit = new CommitBuilder();
            commit.setParentId(ObjectId.fromString(state.head()));
            commit.setTreeId(inserter.insert(tree));
            commit.setAuthor(new PersonIdent("node1", "node1@serai"));
            commit.setCommitter(commit.getAuthor());
            commit.setMessage(text);
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            state.replica().advance(new CommitId(id.name()));
            return blob;
        }
    }

    private void drop(ObjectId content) throws Exception {
        String name = content.name();
        Files.delete(state.repository()
                .getDirectory()
                .toPath()
                .resolve("objects/" + name.substring(0, 2) + "/" + name.substring(2)));
        state.repository().getObjectDatabase().close(); // it remembers what it has written
    }
}
